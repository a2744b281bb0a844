using System.Net;
using Orders.Tests.Support;
using Orders.Tests.Support.Webhooks;
using Orders.Webhooks.Partners.Deliveries;

namespace Orders.Tests.Integration.Webhooks.Partners;

public sealed class RetryTests(PostgresServer postgres) : PartnerTests(postgres)
{
    [Fact]
    public async Task A_failed_attempt_is_repeated_under_the_same_id_with_a_fresh_signature_while_the_rest_of_the_order_waits()
    {
        var (id, secret) = await Rig.ListenAsync(Receiver.Url);
        Receiver.Say(500);
        await Rig.OrderAsync();
        await Rig.DrainedAsync();
        Assert.Equal("order.accepted", Assert.Single(Receiver.Calls).Type);

        await Rig.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Equal(2, Receiver.Calls.Length);
        Receiver.Say(204);
        await Rig.PassAsync(TimeSpan.FromMinutes(4));
        Assert.Equal(2, Receiver.Calls.Length);
        Receiver.Say(200);
        await Rig.PassAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(["order.accepted", "order.confirmed", "order.dispatching", "order.completed"], Receiver.Accepted.Select(call => call.Type));
        Assert.Single(Receiver.Calls.Take(3).Select(call => call.Id).Distinct());
        Assert.All(Receiver.Calls, call => Assert.True(call.IsSignedBy(secret)));
        var list = (await Rig.GetAsync($"/{id}/deliveries?status=succeeded"))["items"]!.AsArray();
        Assert.Equal(4, list.Count);
        var accepted = await Rig.GetAsync($"/{id}/deliveries/{Receiver.Calls[0].Id}");
        Assert.Equal([500, 500, 200], accepted["log"]!.AsArray().Select(attempt => (int)attempt!["status"]!));
    }

    [Fact]
    public async Task A_receiver_that_is_down_for_75_hours_gets_everything_in_order_and_once_by_id()
    {
        await Rig.ListenAsync(Receiver.Url);
        Receiver.Say(503);
        var orders = new List<Guid>();
        for (var hour = 0; hour < 75; hour += 5)
        {
            orders.Add(await Rig.OrderAsync());
            await Rig.PassAsync(TimeSpan.FromHours(5));
        }

        Receiver.Say(200);
        for (var hour = 0; hour < 100; hour += 5)
        {
            await Rig.PassAsync(TimeSpan.FromHours(5));
        }

        Assert.All(orders, order => Assert.Equal([1, 4, 6, 10], Receiver.Accepted.Where(call => call.OrderId == order.ToString()).Select(call => call.Version)));
        Assert.Equal(4 * orders.Count, Receiver.Accepted.Select(call => call.Id).Distinct().Count());
        Assert.Equal(4 * orders.Count, Receiver.Accepted.Length);
    }

    [Fact]
    public async Task What_finally_failed_is_kept_lets_the_next_go_and_can_be_asked_for_again()
    {
        var (id, _) = await Rig.ListenAsync(Receiver.Url);
        Receiver.Answer = (call, http) =>
        {
            http.Response.StatusCode = call.Type == "order.accepted" ? 400 : 200;
            return Task.CompletedTask;
        };
        await Rig.OrderAsync();
        await Rig.DrainedAsync();
        foreach (var wait in Schedule.Waits)
        {
            Assert.DoesNotContain(Receiver.Calls, call => call.Type != "order.accepted");
            await Rig.PassAsync((wait * (1 + Schedule.MaxJitter)) + TimeSpan.FromSeconds(1));
        }

        Assert.Equal(10, Receiver.Calls.Count(call => call.Type == "order.accepted"));
        Assert.Equal(["order.confirmed", "order.dispatching", "order.completed"], Receiver.Accepted.Select(call => call.Type));
        var failed = Assert.Single((await Rig.GetAsync($"/{id}/deliveries?status=failed"))["items"]!.AsArray())!;

        Receiver.Say(200);
        var (status, again) = await Rig.AskAsync("POST", $"/{id}/deliveries/{failed["id"]}/redeliver");
        await Rig.DrainedAsync();

        Assert.Equal((HttpStatusCode.Accepted, "pending"), (status, (string?)again!["status"]));
        Assert.Equal((string?)failed["id"], Receiver.Accepted[^1].Id);
        Assert.Equal("order.accepted", Receiver.Accepted[^1].Type);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_leaves_no_endpoint_asleep()
    {
        await Rig.ListenAsync(Receiver.Url, "order.accepted");
        Receiver.Say(500);
        await Rig.PublishAsync(PartnerRig.Placed(Guid.CreateVersion7()));
        await Rig.DrainedAsync();
        await Rig.PassAsync(TimeSpan.FromSeconds(6));
        using var asked = new SemaphoreSlim(0);
        var answer = new TaskCompletionSource();
        Receiver.Answer = async (_, http) =>
        {
            asked.Release();
            await answer.Task;
            http.Response.StatusCode = 500;
        };
        await Rig.ExecuteAsync("update bus.clock set shift = shift + interval '6 minutes'");
        await asked.WaitAsync(TestContext.Current.CancellationToken);

        // The message that brought this attempt came at a time that is still to come.
        await Rig.ExecuteAsync("update bus.clock set shift = shift - interval '5 minutes'");
        answer.SetResult();
        await Rig.DrainedAsync();
        Receiver.Say(200);
        await Rig.PassAsync(TimeSpan.FromMinutes(34));

        Assert.Single(Receiver.Accepted);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Whoever_says_when_to_come_back_is_left_alone_until_then(int status)
    {
        await Rig.ListenAsync(Receiver.Url);
        Receiver.Say(status, "7200");
        await Rig.OrderAsync();
        await Rig.DrainedAsync();
        await Rig.OrderAsync();
        await Rig.PassAsync(TimeSpan.FromHours(1.9));
        Assert.Single(Receiver.Calls);

        Receiver.Say(200);
        await Rig.PassAsync(TimeSpan.FromHours(0.2));

        Assert.Equal(8, Receiver.Accepted.Length);
    }

    [Theory]
    [InlineData("1000000000", 24 * 3600)]
    [InlineData("99999999999999999999", 24 * 3600)]
    [InlineData("0", 1)]
    public async Task A_wish_to_be_left_alone_is_obeyed_within_bounds(string retryAfter, int seconds)
    {
        var (id, _) = await Rig.ListenAsync(Receiver.Url, "order.accepted");
        Receiver.Say(503, retryAfter);
        await Rig.PublishAsync(PartnerRig.Placed(Guid.CreateVersion7()));
        await Rig.DrainedAsync();

        var delivery = Assert.Single((await Rig.GetAsync($"/{id}/deliveries?status=pending"))["items"]!.AsArray())!;
        var wait = (DateTimeOffset)delivery["nextAttemptAt"]! - (DateTimeOffset)delivery["createdAt"]!;
        Assert.InRange(wait, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds + 30));
    }

    [Fact]
    public async Task Gone_disables_and_what_is_for_it_waits_until_it_is_enabled()
    {
        var (id, _) = await Rig.ListenAsync(Receiver.Url);
        Receiver.Say(410);
        var first = await Rig.OrderAsync();
        await Rig.DrainedAsync();
        var second = await Rig.OrderAsync();
        await Rig.PassAsync(TimeSpan.FromHours(1));

        Assert.Single(Receiver.Calls);
        var endpoint = await Rig.GetAsync("/" + id);
        Assert.Equal((false, "gone"), ((bool)endpoint["enabled"]!, (string?)endpoint["disabledReason"]));
        Assert.Equal(8, (await Rig.GetAsync($"/{id}/deliveries?status=pending"))["items"]!.AsArray().Count);

        Receiver.Say(200);
        Assert.Equal(HttpStatusCode.OK, (await Rig.AskAsync("PATCH", "/" + id, new { enabled = true })).Status);
        await Rig.DrainedAsync();

        Assert.All(new[] { first, second }, order => Assert.Equal([1, 4, 6, 10], Receiver.Accepted.Where(call => call.OrderId == order.ToString()).Select(call => call.Version)));
    }

    [Fact]
    public async Task Five_days_of_nothing_but_failures_disable_and_one_success_among_them_does_not()
    {
        var (id, _) = await Rig.ListenAsync(Receiver.Url);
        Receiver.Say(500);
        await Rig.OrderAsync();
        await Rig.DrainedAsync();
        await DaysAsync(3);
        Receiver.Say(200);
        await Rig.AskAsync("POST", $"/{id}/test");
        await Rig.DrainedAsync();
        Receiver.Say(500);
        await Rig.OrderAsync();
        await Rig.DrainedAsync();
        await DaysAsync(4);
        Assert.True((bool)(await Rig.GetAsync("/" + id))["enabled"]!);
        await DaysAsync(3);

        var endpoint = await Rig.GetAsync("/" + id);
        Assert.Equal((false, "failing"), ((bool)endpoint["enabled"]!, (string?)endpoint["disabledReason"]));

        async Task DaysAsync(int days)
        {
            for (var half = 0; half < 2 * days; half++)
            {
                await Rig.PassAsync(TimeSpan.FromHours(12));
            }
        }
    }
}
