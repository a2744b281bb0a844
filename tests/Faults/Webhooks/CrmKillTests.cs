using System.Collections.Concurrent;
using System.Net.Http.Json;
using Orders.Tests.Faults.Running;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;
using Orders.Tests.Support.Webhooks;

namespace Orders.Tests.Faults.Webhooks;

/// <summary>The host dies, again and again, while a CRM that repeats and shuffles calls it; at last the CRM dies with it, its webhooks unsent.</summary>
public sealed class CrmKillTests(PostgresServer server, Tally tally)
{
    private const int Contacts = 40;
    private const int Told = 20;

    private readonly ConcurrentDictionary<string, long> acknowledged = new();
    private int changes;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Nothing_acknowledged_is_lost_and_the_copy_equals_the_CRM() => KillAsync(kills: 3, changesALife: 150);

    [Fact]
    [Trait(Extent.Name, Extent.Long)]
    public Task Nothing_acknowledged_is_lost_in_twenty_deaths() => KillAsync(kills: 20, changesALife: 1_000);

    private async Task KillAsync(int kills, int changesALife)
    {
        var port = RunningHost.FreePort();
        await using var run = await FaultRun.StartAsync(
            server, tally, Token, outside: new Dictionary<string, string> { ["Orders__Crm__WebhookUrl"] = $"http://127.0.0.1:{port}/webhooks/crm/demo" });
        // What the schedule healed would be nothing that was acknowledged.
        run.Settings["Orders__Crm__Scheduled"] = "false";
        var worker = await run.AddWorkerAsync(Token, port: port);
        using var crm = new HttpClient { BaseAddress = run.World.Url };
        using var copy = new Crm(worker.Url);
        using var crowd = new Crowd([worker.Url], FaultRun.Sku);
        var random = run.Random();
        (await crm.PostAsJsonAsync("/sim/crm/faults", new { duplicate = 0.2, shuffle = true }, Token)).EnsureSuccessStatusCode();

        for (var kill = 1; kill <= kills; kill++)
        {
            var before = await run.AskAsync<long>("select count(*) from webhooks.crm_event", Token);
            var telling = Task.WhenAll(ChangeAsync(crm, changesALife), TellAsync(copy, kill));
            await StoredAsync(run, before + random.Next(changesALife / 4, changesALife));
            await worker.KillAsync(Token);
            if (kill == kills)
            {
                // Nobody takes these in, and then nobody remembers to send them.
                await ChangeAsync(crm, Contacts);
                await run.World.KillAndStartAsync(Token);
            }

            await worker.StartAgainAsync(run.Settings, Token);
            await telling;
        }

        await SentAsync(crm);
        await new Judgement(run.Database).IsAtRestAsync(Token);
        foreach (var (contact, version) in acknowledged)
        {
            await copy.SeesAsync(contact, customer => (long)customer["version"]! == version && (string?)customer["email"] == $"{version}@x.y", Token);
        }

        Assert.True(await copy.ReconcileAsync(Token) > 0);
        await new Judgement(run.Database).IsAtRestAsync(Token);
        Assert.Empty(await CopyOfCrm.DifferencesAsync(crm, copy.Http, id => !acknowledged.ContainsKey(id), Token));
        Assert.Equal(0, await copy.ReconcileAsync(Token));
        Assert.Empty(await new Judgement(run.Database).TextsAsync(NotOneAChange, Token));
        run.Counts += new Counts(Kills: kills + 1);
        await run.EndAsync(crowd, Token);
    }

    /// <summary>Somebody works in the CRM: values that change and change back, deletions, returns.</summary>
    private async Task ChangeAsync(HttpClient crm, int howMany)
    {
        var first = Interlocked.Add(ref changes, howMany) - howMany;
        await Parallel.ForEachAsync(Enumerable.Range(first, howMany), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, async (number, token) =>
        {
            var contact = $"/sim/crm/contacts/c{number % Contacts}";
            using var answer = number / Contacts % 5 == 4
                ? await crm.DeleteAsync(contact, token)
                : await crm.PutAsJsonAsync(contact, new { email = $"{number}@x.y", name = $"name {number % 3}", phone = number % 2 == 0 ? null : $"{number}" }, token);
        });
    }

    /// <summary>Events of records that only their sender knows of: what of these is acknowledged, no reconciliation brings back.</summary>
    private Task TellAsync(Crm copy, long version) => Parallel.ForEachAsync(Enumerable.Range(0, Told), Token, async (number, token) =>
    {
        var contact = $"told{number}";
        await copy.TellAsync($"{contact}-{version}", contact, version, $"{version}@x.y", token);
        acknowledged[contact] = version;
    });

    private static Task StoredAsync(FaultRun run, long events) => Eventually.NothingIsMissingAsync(
        async token => await run.AskAsync<long>("select count(*) from webhooks.crm_event", token) is var stored && stored >= events ? null : $"{stored} events are stored, not {events}",
        Token);

    private static Task SentAsync(HttpClient crm) => Eventually.NothingIsMissingAsync(
        async token => await crm.GetFromJsonAsync<Unsent>("/sim/crm/pending", token) is { Pending: > 0 } unsent ? $"{unsent.Pending} webhooks are not sent" : null, Token);

    /// <summary>Each customer's messages are numbered from 1 to its revision, and no two in a row say the same.</summary>
    private const string NotOneAChange =
        """
        with told as (
          select key, (body::jsonb ->> 'revision')::bigint as nth, (body::jsonb) - '{revision,version,at}'::text[] as said
          from bus.message where type = 'webhooks.customer-changed')
        select format('%s: %s messages, numbered up to %s, at revision %s', key, count(*), max(nth), revision)
        from told left join webhooks.customer on key = source || '/' || id
        group by key, revision
        having count(*) <> count(distinct nth) or count(*) <> max(nth) or max(nth) is distinct from revision
        union all
        select format('%s: %s says what was said before', key, nth)
        from (select key, nth, said, lag(said) over (partition by key order by nth) as before from told) pairs
        where said = before
        """;

    private sealed record Unsent(int Pending);
}
