using Microsoft.Extensions.DependencyInjection;
using Orders.Tests.Support;
using Orders.Tests.Support.Webhooks;
using Orders.Webhooks.Partners;

namespace Orders.Tests.Integration.Webhooks.Partners;

public sealed class PurgeTests(PostgresServer postgres)
{
    [Fact]
    public async Task What_nobody_asked_for_in_ninety_days_is_forgotten_and_nothing_else()
    {
        await using var rig = await PartnerRig.StartAsync(await postgres.CreateDatabaseAsync());
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await rig.ListenAsync(receiver.Url);
        await rig.OrderAsync();
        await rig.DrainedAsync();
        var old = receiver.Calls.Select(call => call.Id).ToArray();
        await rig.PassAsync(TimeSpan.FromDays(89));
        await rig.AskAsync("POST", $"/{id}/deliveries/{old[0]}/redeliver");
        await rig.AskAsync("POST", $"/{id}/replay", new { from = PartnerRig.PlacedAt.AddSeconds(1), to = PartnerRig.PlacedAt.AddSeconds(5) });
        await rig.DrainedAsync();
        await rig.OrderAsync();
        await rig.DrainedAsync();
        var recent = receiver.Calls.Skip(6).Select(call => call.Id).ToArray();
        await rig.PassAsync(TimeSpan.FromDays(2));

        await PurgeAsync(rig);

        // What was asked for again stays, with what is sent.
        await AssertKeptAsync(rig, id, [.. old.Take(2), .. recent]);
        Assert.Equal(6, await rig.CountAsync("select count(*) from webhooks.event"));
        await rig.AskAsync("POST", $"/{id}/deliveries/{old[0]}/redeliver");
        await rig.DrainedAsync();
        Assert.Equal(old[0], receiver.Calls[^1].Id);

        await rig.PassAsync(TimeSpan.FromDays(89));
        await PurgeAsync(rig);
        await AssertKeptAsync(rig, id, old[..1]);
        await rig.PassAsync(TimeSpan.FromDays(2));
        await PurgeAsync(rig);
        Assert.Equal(0, await rig.CountAsync("select (select count(*) from webhooks.event) + (select count(*) from webhooks.delivery)"));
    }

    [Fact]
    public async Task Who_waited_behind_one_that_is_forgotten_is_delivered()
    {
        await using var rig = await PartnerRig.StartAsync(await postgres.CreateDatabaseAsync());
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await rig.ListenAsync(receiver.Url);
        receiver.Say(410);
        var order = await rig.OrderAsync();
        await rig.DrainedAsync();
        await rig.ExecuteAsync("update webhooks.delivery set created_at = created_at - interval '91 days' where type in ('order.accepted', 'order.confirmed')");

        await PurgeAsync(rig);
        receiver.Say(200);
        await rig.AskAsync("PATCH", $"/{id}", new { enabled = true });
        await rig.DrainedAsync();

        Assert.Equal(["order.dispatching", "order.completed"], receiver.Accepted.Select(call => call.Type));
        Assert.All(receiver.Accepted, call => Assert.Equal(order.ToString(), call.OrderId));
    }

    private static async Task PurgeAsync(PartnerRig rig)
    {
        await using var scope = rig.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PurgeJob>().Execute(null!, TestContext.Current.CancellationToken);
    }

    private static async Task AssertKeptAsync(PartnerRig rig, string endpoint, string[] ids) => Assert.Equal(
        ids.Order(), (await rig.GetAsync($"/{endpoint}/deliveries"))["items"]!.AsArray().Select(one => (string)one!["id"]!).Order());
}
