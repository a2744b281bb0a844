using Microsoft.Extensions.DependencyInjection;
using Orders.Contracts;
using Orders.Simulators.Ownership;
using Orders.Simulators.PaymentProvider;
using Orders.Tests.Integration.Simulators.Carrier;
using Orders.Tests.Support;

namespace Orders.Tests.Integration.Simulators.PaymentProvider;

/// <summary>The ledger goes to another process and comes back, as it does when the database was away.</summary>
public sealed class MovedBooksTests(PostgresServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_provider_whose_write_came_too_late_reads_the_ledger_again_and_answers()
    {
        var connection = await server.CreateDatabaseAsync(Token);
        await using var one = await CarrierRig.StartAsync(connection, "http", Token);
        await using var other = await CarrierRig.StartAsync(connection, "http", Token);
        var (here, elsewhere) = (one.Services.GetRequiredService<DurablePaymentProvider>(), other.Services.GetRequiredService<DurablePaymentProvider>());
        await here.ExecuteAsync(Authorise("first"), Token);
        await elsewhere.ExecuteAsync(Authorise("second"), Token);

        await Assert.ThrowsAsync<SimulatorAwayException>(() => here.ExecuteAsync(Authorise("third"), Token));

        Assert.NotNull(await here.FindAsync("second", Token));
        Assert.Null(await here.FindAsync("third", Token));
        await here.ExecuteAsync(Authorise("third"), Token);
        Assert.Equal(["first", "second", "third"], (await here.LedgerAsync(0, 10, Token)).Select(entry => entry.Reference));
    }

    private static ProviderRequest Authorise(string reference) =>
        new(OperationKind.Authorise, reference, "authorise-" + reference, CardTokens.Ok, new Money(1999, "USD"));
}
