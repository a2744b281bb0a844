using Orders.Contracts;
using Orders.Payments.Provider;

namespace Orders.Tests.Integration.Payments;

public sealed class ReconciliationTests(PaymentsProcess process) : IClassFixture<PaymentsProcess>
{
    private static readonly Money Ten = new(1000, "USD");

    [Fact]
    public async Task Money_that_the_provider_took_too_late_goes_back_and_other_differences_are_counted()
    {
        var unresolved = await process.PlaceAsync("tok_unresolved");
        var late = await process.PlaceAsync("tok_unresolved");
        var fine = await process.PlaceAsync("tok_ok");
        var voidedElsewhere = await process.PlaceAsync("tok_ok");
        await Task.WhenAll(process.HearAsync<PaymentAuthorised>(fine), process.HearAsync<PaymentAuthorised>(voidedElsewhere));
        await Task.WhenAll(process.HearAsync<PaymentUnresolved>(unresolved), process.HearAsync<PaymentUnresolved>(late));
        Assert.Equal((0, 0), await process.ReconcileAsync());

        // Planted: one authorisation lands late, one is even captured, one payment is voided behind our back.
        await AuthoriseAsync(unresolved);
        await AuthoriseAsync(late);
        await process.AtProviderAsync($"/{late}/capture", $"late-{late}", new { amount = Body });
        await process.AtProviderAsync($"/{voidedElsewhere}/void", $"late-{voidedElsewhere}");
        Assert.Equal((2, 1), await process.ReconcileAsync());

        await Task.WhenAll(process.SendAsync(new VoidPayment(unresolved)), process.SendAsync(new VoidPayment(late)));
        await process.HearAsync<PaymentVoided>(unresolved);
        Assert.Equal(Ten, (await process.HearAsync<PaymentRefunded>(late)).Amount);
        Assert.Equal(["authorise approved", "void approved"], await process.LedgerAsync(unresolved));
        Assert.Equal(["authorise approved", "capture approved", "refund approved"], await process.LedgerAsync(late));
        Assert.Equal(["authorise approved"], await process.LedgerAsync(fine));
        Assert.Equal((0, 1), await process.ReconcileAsync());
    }

    private static object Body => new { amount = "10.00", currency = "USD" };

    private Task AuthoriseAsync(Guid orderId) => process.AtProviderAsync(
        "", PaymentReference.AuthoriseKey(orderId), new { reference = orderId.ToString("D"), cardToken = "tok_ok", amount = Body });
}
