using System.Net;
using System.Net.Sockets;
using System.Text;
using Orders.Contracts;
using Orders.Tests.Support;
using Orders.Tests.Support.Webhooks;

namespace Orders.Tests.Integration.Webhooks.Partners;

public sealed class DeliveryTests(PostgresServer postgres) : PartnerTests(postgres)
{
    [Fact]
    public async Task A_partner_hears_of_an_order_signed_and_in_order_and_of_nothing_personal()
    {
        var (_, secret) = await Rig.ListenAsync(Receiver.Url);

        var order = await Rig.OrderAsync();
        await Rig.DrainedAsync();

        Assert.Equal(["order.accepted", "order.confirmed", "order.dispatching", "order.completed"], Receiver.Calls.Select(call => call.Type));
        Assert.All(Receiver.Calls, call => Assert.True(call.IsSignedBy(secret)));
        Assert.All(Receiver.Calls, call => Assert.Equal(order.ToString(), call.OrderId));
        Assert.Equal([1, 4, 6, 10], Receiver.Calls.Select(call => call.Version));
        Assert.Equal("application/json", Receiver.Calls[0].Headers["Content-Type"]);
        Assert.DoesNotContain("traceparent", Receiver.Calls[0].Headers.Keys);
        var text = string.Concat(Receiver.Calls.Select(call => call.Json.ToJsonString()));
        Assert.All(new[] { "david", "David", "Main St", "Ring", "tok_ok" }, personal => Assert.DoesNotContain(personal, text, StringComparison.Ordinal));
        Assert.Equal("2026-01-31T12:00:00Z", (string?)Receiver.Calls[0].Json["timestamp"]);
        Assert.Equal("21.00", (string?)Receiver.Calls[0].Json["data"]!["total"]!["amount"]);
    }

    [Fact]
    public async Task An_endpoint_hears_what_it_listens_to_and_what_is_told_twice_once()
    {
        await Rig.ListenAsync(Receiver.Url, "stock.low", "customer.changed", "order.rejected");
        var order = await Rig.OrderAsync();
        var changed = new CustomerChanged("demo", "003", 1, "a@b.c", "Ann", null, false, 17, PartnerRig.PlacedAt);
        await Rig.PublishAsync(new StockLow("2341083", 3, PartnerRig.PlacedAt));
        await Rig.PublishAsync(changed);
        await Rig.PublishAsync(changed);
        await Rig.PublishAsync(PartnerRig.Changed(order, "cancelling", 11));
        await Rig.DrainedAsync();

        Assert.Equal(["customer.changed", "stock.low"], Receiver.Calls.Select(call => call.Type).Order());
        Assert.Equal(
            """{"id":"003","source":"demo","deleted":false,"revision":1,"version":17}""",
            Receiver.Calls.Single(call => call.Type == "customer.changed").Json["data"]!.ToJsonString());
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_stored()
    {
        await Rig.OrderAsync();
        await Rig.DrainedAsync();

        Assert.Equal(0, await Rig.CountAsync("select (select count(*) from webhooks.event) + (select count(*) from webhooks.delivery)"));
        Assert.Equal(0, await Rig.CountAsync("select count(*) from bus.message where type like 'webhooks.%'"));
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_never_followed()
    {
        var (id, _) = await Rig.ListenAsync(Receiver.Url, "order.accepted");
        Receiver.Answer = (_, http) =>
        {
            http.Response.StatusCode = 307;
            http.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };
        await Rig.PublishAsync(PartnerRig.Placed(Guid.CreateVersion7()));
        await Rig.DrainedAsync();

        Assert.Equal("/hooks", Assert.Single(Receiver.Calls).Path);
        var delivery = Assert.Single((await Rig.GetAsync($"/{id}/deliveries?status=pending"))["items"]!.AsArray())!;
        Assert.Equal(307, (int)delivery["lastAttempt"]!["status"]!);
    }

    [Fact]
    public async Task Of_an_endless_answer_a_bounded_part_is_read()
    {
        var (id, _) = await Rig.ListenAsync(Receiver.Url, "order.accepted");
        var cut = new TaskCompletionSource();
        Receiver.Answer = async (_, http) =>
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
        await Rig.PublishAsync(PartnerRig.Placed(Guid.CreateVersion7()));
        await Rig.DrainedAsync();

        var delivery = Assert.Single((await Rig.GetAsync($"/{id}/deliveries"))["items"]!.AsArray())!;
        Assert.Equal("succeeded", (string?)delivery["status"]);
        Assert.Equal(1024, ((string?)delivery["lastAttempt"]!["response"])!.Length);
        await cut.Task;
    }

    [Theory]
    [InlineData("GARB\0AGE\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nBad\0Name: x\r\n\r\n")]
    public async Task What_is_no_http_is_a_failed_attempt_like_any_other(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var (id, _) = await Rig.ListenAsync($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hooks", "order.accepted");
        await Rig.PublishAsync(PartnerRig.Placed(Guid.CreateVersion7()));
        using (var called = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken))
        {
            await called.ReceiveAsync(new byte[64 * 1024], TestContext.Current.CancellationToken);
            await called.SendAsync(Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
        }

        await Rig.DrainedAsync();
        var delivery = Assert.Single((await Rig.GetAsync($"/{id}/deliveries?status=pending"))["items"]!.AsArray())!;
        Assert.NotEqual("", (string)delivery["lastAttempt"]!["error"]!);
        Assert.Equal(0, await Rig.CountAsync("select count(*) from bus.failed"));
    }
}
