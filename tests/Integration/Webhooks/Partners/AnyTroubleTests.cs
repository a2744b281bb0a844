using Microsoft.AspNetCore.Http;
using Orders.Tests.Support;
using Orders.Tests.Support.Webhooks;

namespace Orders.Tests.Integration.Webhooks.Partners;

/// <summary>Whatever a receiver answers, whenever it is switched off and on, and however long it takes: each order's events arrive in order.</summary>
public sealed class AnyTroubleTests(PostgresServer postgres)
{
    private static readonly (string Status, int Version)[] Life = [("accepted", 1), ("confirmed", 4), ("dispatching", 6), ("completed", 10)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Each_orders_events_are_accepted_once_and_in_order_unless_they_finally_failed(int seed)
    {
        var random = new Random(seed);
        await using var rig = await PartnerRig.StartAsync(await postgres.CreateDatabaseAsync());
        await using var receiver = await Receiver.StartAsync();
        var (id, _) = await rig.ListenAsync(receiver.Url);
        receiver.Answer = (_, http) => TroubleAsync(random, http);
        var orders = Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7()).ToArray();
        var told = orders.ToDictionary(order => order, _ => 0);

        for (var step = 0; step < 40; step++)
        {
            await StepAsync(random, rig, id, told);
        }

        receiver.Say(200);
        await rig.AskAsync("PATCH", $"/{id}", new { enabled = true });
        for (var day = 0; day < 8; day++)
        {
            await rig.PassAsync(TimeSpan.FromDays(1));
        }

        var failed = (await rig.GetAsync($"/{id}/deliveries?status=failed&limit=200"))["items"]!.AsArray().Select(one => (string?)one!["id"]).ToHashSet();
        Assert.Empty((await rig.GetAsync($"/{id}/deliveries?status=pending"))["items"]!.AsArray());
        Assert.Equal(receiver.Accepted.Length, receiver.Accepted.Select(call => call.Id).Distinct().Count());
        Assert.Equal(told.Values.Sum(), receiver.Accepted.Length + failed.Count);
        Assert.Empty(receiver.Accepted.Select(call => call.Id).Intersect(failed));
        Assert.All(orders, order =>
        {
            var versions = receiver.Accepted.Where(call => call.OrderId == order.ToString()).Select(call => call.Version).ToArray();
            Assert.Equal(versions.Order(), versions);
        });
    }

    private static async Task StepAsync(Random random, PartnerRig rig, string endpoint, Dictionary<Guid, int> told)
    {
        switch (random.Next(6))
        {
            case 0:
                await rig.AskAsync("PATCH", $"/{endpoint}", new { enabled = random.Next(3) > 0 });
                break;
            case 1 or 2:
                await rig.PassAsync(TimeSpan.FromSeconds(random.Next(6 * 3600)));
                break;
            default:
                var order = told.Keys.ElementAt(random.Next(told.Count));
                if (told[order] < Life.Length)
                {
                    var (status, version) = Life[told[order]++];
                    await rig.PublishAsync(version == 1 ? PartnerRig.Placed(order) : PartnerRig.Changed(order, status, version));
                }

                break;
        }
    }

    private static Task TroubleAsync(Random random, HttpContext http)
    {
        lock (random)
        {
            http.Response.StatusCode = random.Next(10) switch { 0 => 410, 1 => 429, 2 => 503, < 6 => 500, _ => 200 };
            if (http.Response.StatusCode is 429 or 503)
            {
                http.Response.Headers.RetryAfter = $"{random.Next(7200)}";
            }
        }

        return Task.CompletedTask;
    }
}
