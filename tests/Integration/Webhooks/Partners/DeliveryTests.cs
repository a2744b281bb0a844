using Orders.Contracts;
using Orders.Tests.Support;
using Orders.Tests.Support.Webhooks;

namespace Orders.Tests.Integration.Webhooks.Partners;

public sealed class DeliveryTests(PostgresServer postgres) : IAsyncLifetime
{
    private PartnerRig rig = null!;
    private Receiver receiver = null!;

    public async ValueTask InitializeAsync()
    {
        rig = await PartnerRig.StartAsync(await postgres.CreateDatabaseAsync());
        receiver = await Receiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await rig.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_partner_hears_of_an_order_signed_and_in_order_and_of_nothing_personal()
    {
        var (_, secret) = await rig.ListenAsync(receiver.Url);

        var order = await rig.OrderAsync();
        await rig.DrainedAsync();

        Assert.Equal(["order.accepted", "order.confirmed", "order.dispatching", "order.completed"], receiver.Calls.Select(call => call.Type));
        Assert.All(receiver.Calls, call => Assert.True(call.IsSignedBy(secret)));
        Assert.All(receiver.Calls, call => Assert.Equal(order.ToString(), call.OrderId));
        Assert.Equal([1, 4, 6, 10], receiver.Calls.Select(call => call.Version));
        Assert.Equal("application/json", receiver.Calls[0].Headers["Content-Type"]);
        Assert.DoesNotContain("traceparent", receiver.Calls[0].Headers.Keys);
        var text = string.Concat(receiver.Calls.Select(call => call.Json.ToJsonString()));
        Assert.All(new[] { "david", "David", "Main St", "Ring", "tok_ok" }, personal => Assert.DoesNotContain(personal, text, StringComparison.Ordinal));
        Assert.Equal("2026-01-31T12:00:00Z", (string?)receiver.Calls[0].Json["timestamp"]);
        Assert.Equal("21.00", (string?)receiver.Calls[0].Json["data"]!["total"]!["amount"]);
    }

    [Fact]
    public async Task An_endpoint_hears_what_it_listens_to_and_what_is_told_twice_once()
    {
        await rig.ListenAsync(receiver.Url, "stock.low", "customer.changed", "order.rejected");
        var order = await rig.OrderAsync();
        var changed = new CustomerChanged("demo", "003", 1, "a@b.c", "Ann", null, false, 17, PartnerRig.PlacedAt);
        await rig.PublishAsync(new StockLow("2341083", 3, PartnerRig.PlacedAt));
        await rig.PublishAsync(changed);
        await rig.PublishAsync(changed);
        await rig.PublishAsync(PartnerRig.Changed(order, "cancelling", 11));
        await rig.DrainedAsync();

        Assert.Equal(["customer.changed", "stock.low"], receiver.Calls.Select(call => call.Type).Order());
        Assert.Equal(
            """{"id":"003","source":"demo","deleted":false,"revision":1,"version":17}""",
            receiver.Calls.Single(call => call.Type == "customer.changed").Json["data"]!.ToJsonString());
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_stored()
    {
        await rig.OrderAsync();
        await rig.DrainedAsync();

        Assert.Equal(0, await rig.CountAsync("select (select count(*) from webhooks.event) + (select count(*) from webhooks.delivery)"));
        Assert.Equal(0, await rig.CountAsync("select count(*) from bus.message where type like 'webhooks.%'"));
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_never_followed()
    {
        var (id, _) = await rig.ListenAsync(receiver.Url, "order.accepted");
        receiver.Answer = (_, http) =>
        {
            http.Response.StatusCode = 307;
            http.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };
        await rig.PublishAsync(PartnerRig.Placed(Guid.CreateVersion7()));
        await rig.DrainedAsync();

        Assert.Equal("/hooks", Assert.Single(receiver.Calls).Path);
        var delivery = Assert.Single((await rig.GetAsync($"/{id}/deliveries?status=pending"))["items"]!.AsArray())!;
        Assert.Equal(307, (int)delivery["lastAttempt"]!["status"]!);
    }

    [Fact]
    public async Task Of_an_endless_answer_a_bounded_part_is_read()
    {
        var (id, _) = await rig.ListenAsync(receiver.Url, "order.accepted");
        var cut = new TaskCompletionSource();
        receiver.Answer = async (_, http) =>
        {
            var piece = new byte[16 * 1024];
            Array.Fill(piece, (byte)'a');
            piece[10] = 0;
            http.RequestAborted.Register(cut.SetResult);
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(piece, http.RequestAborted);
            }
        };
        await rig.PublishAsync(PartnerRig.Placed(Guid.CreateVersion7()));
        await rig.DrainedAsync();

        var delivery = Assert.Single((await rig.GetAsync($"/{id}/deliveries"))["items"]!.AsArray())!;
        Assert.Equal("succeeded", (string?)delivery["status"]);
        Assert.Equal(1024, ((string?)delivery["lastAttempt"]!["response"])!.Length);
        await cut.Task;
    }
}
