using System.Collections.Concurrent;
using System.Net;
using Orders.Tests.Support;
using Orders.Tests.Support.Webhooks;
using Orders.Webhooks.Partners.Deliveries;
using Orders.Webhooks.Partners.Safety;

namespace Orders.Tests.Integration.Webhooks.Partners;

/// <summary>One destination's faults are its own.</summary>
public sealed class IsolationTests(PostgresServer postgres)
{
    [Fact]
    public async Task One_that_does_not_answer_has_a_bounded_share_and_delays_nobody_else()
    {
        await using var rig = await PartnerRig.StartAsync(await postgres.CreateDatabaseAsync());
        await using var good = await Receiver.StartAsync();
        await using var silent = await Receiver.StartAsync();
        using var asked = new SemaphoreSlim(0);
        var answer = new TaskCompletionSource();
        var underWay = 0;
        var most = 0;
        silent.Answer = async (_, _) =>
        {
            var now = Interlocked.Increment(ref underWay);
            InterlockedMax(ref most, now);
            asked.Release();
            await answer.Task;
            Interlocked.Decrement(ref underWay);
        };
        await rig.ListenAsync(silent.Url);
        await rig.ListenAsync(good.Url);

        var all = new TaskCompletionSource();
        var told = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        good.Answer = (call, _) =>
        {
            if (told.TryAdd(call.Id, true) && told.Count == 400)
            {
                all.TrySetResult();
            }

            return Task.CompletedTask;
        };
        for (var n = 0; n < 100; n++)
        {
            await rig.OrderAsync();
        }

        await all.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        for (var n = 0; n < Health.MaxInFlight; n++)
        {
            Assert.True(await asked.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        }

        Assert.Empty(silent.Calls);
        answer.SetResult();
        await rig.DrainedAsync();
        Assert.Equal(Health.MaxInFlight, most);
        Assert.Equal(400, silent.Calls.Select(call => call.Id).Distinct().Count());
    }

    [Fact]
    public async Task One_whose_secret_cannot_be_read_any_more_delays_nobody_else_and_delivers_after_a_rotation()
    {
        await using var rig = await PartnerRig.StartAsync(await postgres.CreateDatabaseAsync());
        await using var good = await Receiver.StartAsync();
        await using var sealedElsewhere = await Receiver.StartAsync();
        await rig.ListenAsync(good.Url);
        var (id, _) = await rig.ListenAsync(sealedElsewhere.Url);
        await rig.ExecuteAsync($"update webhooks.endpoint set secret = set_byte(secret, 30, 1 - get_byte(secret, 30) % 2) where id = '{id}'");
        for (var n = 0; n < 20; n++)
        {
            await rig.OrderAsync();
        }

        await rig.DrainedAsync();
        Assert.Equal((80, 0), (good.Accepted.Length, sealedElsewhere.Calls.Length));
        var waiting = (await rig.GetAsync($"/{id}/deliveries?status=pending"))["items"]!.AsArray();
        Assert.Contains(waiting, one => ((string?)one!["lastAttempt"]?["error"])?.Contains("Rotate", StringComparison.Ordinal) is true);

        await rig.AskAsync("POST", $"/{id}/rotate-secret");
        await rig.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Equal(80, sealedElsewhere.Accepted.Length);
    }

    [Fact]
    public async Task While_it_fails_one_call_at_a_time_is_made()
    {
        await using var rig = await PartnerRig.StartAsync(await postgres.CreateDatabaseAsync());
        await using var failing = await Receiver.StartAsync();
        failing.Say(500);
        await rig.ListenAsync(failing.Url, "order.accepted");
        await rig.PublishAsync(PartnerRig.Placed(Guid.CreateVersion7()));
        await rig.DrainedAsync();
        var (underWay, most) = (0, 0);
        failing.Answer = async (_, http) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref underWay));
            await Task.Yield();
            http.Response.StatusCode = 500;
            Interlocked.Decrement(ref underWay);
        };
        for (var n = 0; n < 50; n++)
        {
            await rig.PublishAsync(PartnerRig.Placed(Guid.CreateVersion7()));
        }

        await rig.DrainedAsync();

        Assert.Equal(51, failing.Calls.Select(call => call.Id).Distinct().Count());
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_name_that_becomes_loopback_after_its_registration_is_refused_at_connection_with_the_same_words()
    {
        var names = new Names(IPAddress.Parse("93.184.216.34"));
        await using var rig = await PartnerRig.StartAsync(await postgres.CreateDatabaseAsync(), allowLoopback: false, names);
        await using var receiver = await Receiver.StartAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await rig.AskAsync("POST", "", new { url = receiver.Url, events = new[] { "order.accepted" } })).Status);
        var (id, _) = await rig.ListenAsync("https://hooks.example.com/", "order.accepted");

        names.Address = IPAddress.Loopback;
        await rig.PublishAsync(PartnerRig.Placed(Guid.CreateVersion7()));
        await rig.DrainedAsync();
        var refused = await rig.AskAsync("POST", "", new { url = "https://hooks.example.com/", events = new[] { "order.accepted" } });

        var delivery = Assert.Single((await rig.GetAsync($"/{id}/deliveries?status=pending"))["items"]!.AsArray())!;
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "urn:orders:problem:url-refused"), (refused.Status, (string?)refused.Body!["type"]));
        Assert.Equal((string?)refused.Body["detail"], (string?)delivery["lastAttempt"]!["error"]);
        Assert.Contains("127.0.0.1 is in 127.0.0.0/8 (loopback, RFC 1122)", (string?)refused.Body["detail"], StringComparison.Ordinal);
        Assert.Empty(receiver.Calls);
    }

    private static void InterlockedMax(ref int most, int now)
    {
        var seen = Volatile.Read(ref most);
        while (now > seen && Interlocked.CompareExchange(ref most, now, seen) is var found && found != seen)
        {
            seen = found;
        }
    }

    private sealed class Names(IPAddress first) : IHostNames
    {
        public IPAddress Address { get; set; } = first;

        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Task.FromResult(new[] { Address });
    }
}
