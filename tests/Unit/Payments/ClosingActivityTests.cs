using Orders.Bus.Activities;
using Orders.Contracts;
using Orders.Payments.Close;
using Orders.Payments.Provider;
using Orders.Simulators.PaymentProvider;

namespace Orders.Tests.Unit.Payments;

/// <summary>What is to be undone while it is being done.</summary>
public sealed class ClosingActivityTests
{
    private static readonly Guid Order = Guid.Parse("0195d4f0-0000-7000-8000-000000000001");
    private static readonly Money Amount = new(100, "USD");

    private readonly LedgerGateway gateway = new();

    private string Reference => PaymentReference.Of(Order);

    [Fact]
    public async Task An_authorisation_that_lands_between_void_and_look_up_is_voided_by_asking_again()
    {
        gateway.Meanwhile = Authorise;
        await Assert.ThrowsAsync<InvalidOperationException>(VoidAsync);
        gateway.Meanwhile = () => { };

        Assert.Equal(new ClosingAnswered(Order, ProviderStanding.Nothing), await VoidAsync());
        Assert.Equal(GatewayStatus.Voided, (await gateway.FindAsync(Reference, CancellationToken.None)).Status);
    }

    private void Authorise() =>
        gateway.Ledger.Execute(new(OperationKind.Authorise, Reference, "authorise", "tok_ok", Amount), DateTimeOffset.UnixEpoch);

    private Task<object> VoidAsync() =>
        new ClosingActivity(gateway).ExecuteAsync(new VoidAtProvider(Order), new ActivityAttempt(1, DateTimeOffset.UnixEpoch, null), CancellationToken.None);
}
