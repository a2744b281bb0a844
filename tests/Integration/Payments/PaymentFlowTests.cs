using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Orders.Contracts;

namespace Orders.Tests.Integration.Payments;

public sealed class PaymentFlowTests(PaymentsProcess process) : IClassFixture<PaymentsProcess>
{
    private static readonly Money Ten = new(1000, "USD");

    [Theory]
    [InlineData("tok_ok")]
    [InlineData("tok_slow")]
    [InlineData("tok_flaky")]
    [InlineData("tok_lost_reply")]
    public async Task A_card_that_pays_is_charged_and_refunded_once_whatever_the_network_does(string card)
    {
        var id = await process.PlaceAsync(card);
        Assert.Equal(Ten, (await process.HearAsync<PaymentAuthorised>(id)).Amount);
        await process.SendAsync(new CapturePayment(id, Ten));
        Assert.Equal(Ten, (await process.HearAsync<PaymentCaptured>(id)).Amount);
        await process.SendAsync(new RefundPayment(id));
        Assert.Equal(Ten, (await process.HearAsync<PaymentRefunded>(id)).Amount);
        Assert.Equal(["authorise approved", "capture approved", "refund approved"], await process.LedgerAsync(id));
    }

    [Fact]
    public async Task An_erased_orders_card_token_is_gone_and_its_amounts_stay_and_it_is_still_refunded()
    {
        var id = await process.PlaceAsync("tok_ok");
        await process.HearAsync<PaymentAuthorised>(id);
        await process.SendAsync(new CapturePayment(id, Ten));
        await process.HearAsync<PaymentCaptured>(id);

        await process.PublishAsync(new OrderErased(id, default, default));
        await process.SendAsync(new RefundPayment(id));
        await process.HearAsync<PaymentRefunded>(id);

        Assert.Equal(("", 1000), await process.StoredCardAsync(id));
    }

    [Fact]
    public async Task A_declined_card_ends_declined()
    {
        var id = await process.PlaceAsync("tok_declined");
        Assert.Equal("card-declined", (await process.HearAsync<PaymentDeclined>(id)).Reason);
        Assert.Equal(["authorise declined"], await process.LedgerAsync(id));
    }

    [Fact]
    public async Task A_card_that_fails_the_capture_is_voided()
    {
        var id = await process.PlaceAsync("tok_capture_fails");
        await process.HearAsync<PaymentAuthorised>(id);
        await process.SendAsync(new CapturePayment(id, Ten));
        await process.HearAsync<PaymentCaptureFailed>(id);
        await process.SendAsync(new VoidPayment(id));
        await process.HearAsync<PaymentVoided>(id);
        Assert.Equal(["authorise approved", "capture declined", "void approved"], await process.LedgerAsync(id));
    }

    [Fact]
    public async Task An_issuer_that_never_answers_leaves_the_payment_unresolved_and_then_voided()
    {
        var id = await process.PlaceAsync("tok_unresolved");
        await process.HearAsync<PaymentUnresolved>(id);
        await process.SendAsync(new VoidPayment(id));
        await process.HearAsync<PaymentVoided>(id);
        Assert.Empty(await process.LedgerAsync(id));
    }

    [Fact]
    public async Task A_void_that_answers_captured_becomes_a_refund()
    {
        var id = await AuthorisedAsync();
        await process.AtProviderAsync($"/{id}/capture", $"elsewhere-{id}", new { amount = new { amount = "10.00", currency = "USD" } });
        await process.SendAsync(new VoidPayment(id));
        Assert.Equal(Ten, (await process.HearAsync<PaymentRefunded>(id)).Amount);
        Assert.Equal(
            ["authorise approved", "capture approved", "void failed", "refund approved"], await process.LedgerAsync(id));
    }

    [Fact]
    public async Task A_capture_that_answers_voided_fails()
    {
        var id = await AuthorisedAsync();
        await process.AtProviderAsync($"/{id}/void", $"elsewhere-{id}");
        await process.SendAsync(new CapturePayment(id, Ten));
        Assert.Equal("voided", (await process.HearAsync<PaymentCaptureFailed>(id)).Reason);
    }

    [Fact]
    public async Task A_gift_card_pays_first_and_gets_its_money_back()
    {
        await IssueAsync("party-1", "6.00", "key-1");
        await IssueAsync("party-1", "6.00", "key-1");
        var id = await process.PlaceAsync("tok_ok", "party-1");
        await process.HearAsync<PaymentAuthorised>(id);
        Assert.Equal(("6.00", "6.00"), await BalanceAsync("party-1"));
        await process.SendAsync(new CapturePayment(id, Ten));
        Assert.Equal(Ten, (await process.HearAsync<PaymentCaptured>(id)).Amount);
        Assert.Equal(("0.00", "0.00"), await BalanceAsync("party-1"));
        await process.SendAsync(new RefundPayment(id));
        Assert.Equal(Ten, (await process.HearAsync<PaymentRefunded>(id)).Amount);
        Assert.Equal(("6.00", "0.00"), await BalanceAsync("party-1"));
    }

    [Fact]
    public async Task Many_orders_never_hold_more_of_a_gift_card_than_it_has()
    {
        await IssueAsync("party-2", "25.00", "key-2");
        var ids = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => process.PlaceAsync("tok_ok", "party-2")));
        await Task.WhenAll(ids.Select(process.HearAsync<PaymentAuthorised>));
        Assert.Equal(("25.00", "25.00"), await BalanceAsync("party-2"));
        await Task.WhenAll(ids.Select(id => process.SendAsync(new VoidPayment(id))));
        await Task.WhenAll(ids.Select(process.HearAsync<PaymentVoided>));
        Assert.Equal(("25.00", "0.00"), await BalanceAsync("party-2"));
    }

    [Fact]
    public async Task A_gift_card_needs_an_operator_a_key_and_an_amount()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await process.Http.GetAsync("api/gift-cards/any")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("party-3", "1.00", null)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync("party-3", "-1.00", "key-3")).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync("party-3", "1.00", "key-3")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync("party-3", "2.00", "key-3")).StatusCode);
    }

    private async Task<Guid> AuthorisedAsync()
    {
        var id = await process.PlaceAsync("tok_ok");
        await process.HearAsync<PaymentAuthorised>(id);
        return id;
    }

    private async Task IssueAsync(string code, string amount, string key)
    {
        using var response = await PostAsync(code, amount, key);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    private async Task<HttpResponseMessage> PostAsync(string code, string amount, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/gift-cards");
        request.Headers.Add("Authorization", "Bearer demo-operator");
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        request.Content = JsonContent.Create(new { code, amount = new { amount, currency = "USD" } });
        return await process.Http.SendAsync(request);
    }

    private async Task<(string? Balance, string? Held)> BalanceAsync(string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/gift-cards/{code}");
        request.Headers.Add("Authorization", "Bearer demo-operator");
        using var response = await process.Http.SendAsync(request);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (Amount("balance"), Amount("held"));

        string? Amount(string name) => body.RootElement.GetProperty(name).GetProperty("amount").GetString();
    }
}
