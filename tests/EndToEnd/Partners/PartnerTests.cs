using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;
using Orders.Tests.Support.Webhooks;

namespace Orders.Tests.EndToEnd.Partners;

public sealed class PartnerTests
{
    private const int Orders = 40;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_partner_hears_of_an_order_signed_and_reads_it_as_it_heard()
    {
        await using var host = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        using var shop = new Shop(host.Url);
        var read = new List<string>();
        var secret = await shop.ListenAsync(receiver.Url, [.. Partner.OrderEvents, "stock.low"], Token);
        receiver.Answer = async (call, http) =>
        {
            if (call.Type == "order.completed")
            {
                using var answer = await shop.SendAsync(Shop.As(Shop.Operator, HttpMethod.Get, "/api/orders/" + call.OrderId), http.RequestAborted);
                read.Add((string)(await answer.Content.ReadFromJsonAsync<JsonNode>(http.RequestAborted))!["status"]!);
            }
        };
        await shop.StockAsync("ribbon", 100, Token);

        var completed = await shop.BuyAsync("ribbon", "tok_ok", Token);
        var declined = await shop.BuyAsync("ribbon", "tok_declined", Token);
        await HeardAsync(receiver, completed, "order.completed");
        await HeardAsync(receiver, declined, "order.rejected");

        Assert.Equal(
            ["order.accepted", "order.confirmed", "order.dispatching", "order.completed"], receiver.Calls.Where(call => call.OrderId == completed).Select(call => call.Type));
        Assert.Equal(["order.accepted", "order.rejected"], receiver.Calls.Where(call => call.OrderId == declined).Select(call => call.Type));
        Assert.All(receiver.Calls, call => Assert.True(call.IsSignedBy(secret)));
        Assert.Equal("payment-declined", (string?)receiver.Calls.Single(call => call.Type == "order.rejected").Json["data"]!["reason"]);
        Assert.Equal(["completed"], read);
        Assert.DoesNotContain("whsec_", host.Said, StringComparison.Ordinal);
        await shop.HoldsAsync(Token);
    }

    [Fact]
    public async Task A_host_that_is_killed_delivers_everything_each_order_in_sequence()
    {
        await using var host = await StartAsync();
        await using var receiver = await Receiver.StartAsync();
        using var shop = new Shop(host.Url);
        await shop.ListenAsync(receiver.Url, [.. Partner.OrderEvents, "stock.low"], Token);
        await shop.StockAsync("ribbon", 1000, Token);
        var some = new TaskCompletionSource();
        receiver.Answer = (_, _) =>
        {
            if (receiver.Calls.Length >= Orders)
            {
                some.TrySetResult();
            }

            return Task.CompletedTask;
        };
        var orders = new List<string>();
        for (var n = 0; n < Orders; n++)
        {
            orders.Add(await shop.BuyAsync("ribbon", "tok_ok", Token));
        }

        await some.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
        await host.KillAndStartAsync(Token);
        foreach (var order in orders)
        {
            await HeardAsync(receiver, order, "order.completed");
        }

        var heard = receiver.Calls.DistinctBy(call => call.Id).ToLookup(call => call.OrderId);
        Assert.All(orders, order => Assert.Equal(["order.accepted", "order.confirmed", "order.dispatching", "order.completed"], heard[order].Select(call => call.Type)));
        await shop.HoldsAsync(Token);
    }

    private static Task<RunningHost> StartAsync() =>
        RunningHost.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal) { ["Orders__Webhooks__AllowLoopback"] = "true" }, Token);

    private static Task HeardAsync(Receiver receiver, string order, string type) => Eventually.NothingIsMissingAsync(
        _ => Task.FromResult(
            receiver.Calls.Any(call => call.Type == type && call.OrderId == order)
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"{order} was not heard to be {type} among {receiver.Calls.Length} calls")),
        Token);
}
