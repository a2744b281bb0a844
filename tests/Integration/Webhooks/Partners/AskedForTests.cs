using System.Net;
using Orders.Tests.Support;
using Orders.Tests.Support.Webhooks;

namespace Orders.Tests.Integration.Webhooks.Partners;

public sealed class AskedForTests(PostgresServer postgres) : PartnerTests(postgres)
{
    [Fact]
    public async Task For_a_day_after_a_rotation_both_secrets_sign_and_then_the_new_one_alone()
    {
        var (id, old) = await Rig.ListenAsync(Receiver.Url);
        var rotated = (await Rig.AskAsync("POST", $"/{id}/rotate-secret")).Body!;
        var secret = (string)rotated["secret"]!;
        foreach (var later in new[] { 0, 23.9, 0.2 })
        {
            await Rig.PassAsync(TimeSpan.FromHours(later));
            await Rig.AskAsync("POST", $"/{id}/test");
            await Rig.DrainedAsync();
        }

        Assert.Equal([(true, true), (true, true), (false, true)], Receiver.Calls.Select(call => (call.IsSignedBy(old), call.IsSignedBy(secret))));
        Assert.Equal([2, 2, 1], Receiver.Calls.Select(call => call.Signatures.Split(' ').Length));
        Assert.All(Receiver.Calls, call => Assert.Equal("webhook.test", call.Type));
    }

    [Fact]
    public async Task What_is_for_a_disabled_endpoint_accumulates_and_drains_in_order()
    {
        var (id, _) = await Rig.ListenAsync(Receiver.Url);
        await Rig.AskAsync("PATCH", "/" + id, new { enabled = false });
        var orders = new List<Guid>();
        for (var n = 0; n < 300; n++)
        {
            orders.Add(await Rig.OrderAsync());
        }

        await Rig.DrainedAsync();
        Assert.Empty(Receiver.Calls);

        await Rig.AskAsync("PATCH", "/" + id, new { enabled = true });
        await Rig.DrainedAsync();

        var byOrder = Receiver.Calls.ToLookup(call => call.OrderId, call => call.Version);
        Assert.All(orders, order => Assert.Equal([1, 4, 6, 10], byOrder[order.ToString()]));
        Assert.Equal(1200, Receiver.Calls.Length);
    }

    [Fact]
    public async Task The_past_is_sent_again_in_order_and_under_its_old_ids()
    {
        var (id, _) = await Rig.ListenAsync(Receiver.Url);
        var order = await Rig.OrderAsync();
        await Rig.DrainedAsync();
        var first = Receiver.Calls;

        var (status, queued) = await Rig.AskAsync("POST", $"/{id}/replay", new { from = PartnerRig.PlacedAt.AddSeconds(1), to = PartnerRig.PlacedAt.AddSeconds(10) });
        await Rig.DrainedAsync();

        Assert.Equal((HttpStatusCode.Accepted, 2), (status, (int)queued!["events"]!));
        Assert.Equal(first.Skip(1).Take(2).Select(call => (call.Id, call.Type)), Receiver.Calls.Skip(4).Select(call => (call.Id, call.Type)));
        Assert.Equal(first[1].Body, Receiver.Calls[4].Body);

        // Who comes later gets the past as well, under ids of its own.
        await using var late = await Receiver.StartAsync();
        var (lateId, _) = await Rig.ListenAsync(late.Url, "order.confirmed", "order.completed");
        await Rig.AskAsync("POST", $"/{lateId}/replay", new { from = PartnerRig.PlacedAt, to = PartnerRig.PlacedAt.AddYears(1) });
        await Rig.DrainedAsync();
        Assert.Equal([(order.ToString(), 4), (order.ToString(), 10)], late.Calls.Select(call => (call.OrderId, call.Version)));
        Assert.Empty(late.Calls.Select(call => call.Id).Intersect(first.Select(call => call.Id)));
        Assert.Equal(HttpStatusCode.BadRequest, (await Rig.AskAsync("POST", $"/{id}/replay", new { from = PartnerRig.PlacedAt, to = PartnerRig.PlacedAt })).Status);
    }

    [Fact]
    public async Task Deliveries_are_listed_the_newest_first_by_status_and_page()
    {
        var (id, _) = await Rig.ListenAsync(Receiver.Url);
        for (var n = 0; n < 3; n++)
        {
            await Rig.OrderAsync();
        }

        await Rig.DrainedAsync();
        Receiver.Say(500);
        await Rig.AskAsync("POST", $"/{id}/test");
        await Rig.DrainedAsync();

        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Rig.GetAsync($"/{id}/deliveries?limit=5{(cursor is null ? "" : "&cursor=" + cursor)}");
            ids.AddRange(page["items"]!.AsArray().Select(one => (string)one!["id"]!));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);

        Assert.Equal(13, ids.Distinct().Count());
        Assert.Equal(Receiver.Calls[^1].Id, ids[0]);
        Assert.Equal("webhook.test", (string?)Assert.Single((await Rig.GetAsync($"/{id}/deliveries?status=pending"))["items"]!.AsArray())!["type"]);
        Assert.Equal(12, (await Rig.GetAsync($"/{id}/deliveries?status=succeeded"))["items"]!.AsArray().Count);
        Assert.Equal(HttpStatusCode.BadRequest, (await Rig.AskAsync("GET", $"/{id}/deliveries?status=sending")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Rig.AskAsync("GET", $"/{id}/deliveries?cursor=zz")).Status);
    }
}
