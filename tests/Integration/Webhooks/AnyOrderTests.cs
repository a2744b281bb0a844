using System.Net;
using Orders.Tests.Support;
using static Orders.Tests.Integration.Webhooks.Events;

namespace Orders.Tests.Integration.Webhooks;

/// <summary>One history, told of many records, of each in another order and with other duplicates.</summary>
public sealed class AnyOrderTests(PostgresServer postgres) : IAsyncLifetime
{
    private const int Records = 1_000;
    private const int Length = 12;

    private static readonly string[] Names = ["email", "name", "phone"];

    private CrmRig rig = null!;

    public async ValueTask InitializeAsync() => rig = await CrmRig.StartAsync(await postgres.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task A_thousand_orders_of_one_history_end_in_the_same_bytes_and_each_effective_change_is_told_once()
    {
        const int Seed = 17;
        var random = new Random(Seed);
        var history = History(random);
        var calls = Enumerable.Range(0, Records)
            .SelectMany(record => history.Concat(history.Where(_ => random.Next(4) == 0)).Select(told => (Record: $"r{record}", Told: told)))
            .ToArray();
        random.Shuffle(calls);

        await Parallel.ForEachAsync(calls, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (call, _) =>
        {
            var (type, version, fields) = call.Told;
            var answer = await rig.SendAsync($"{call.Record}-{version}", Contact(type, call.Record, version, fields));
            Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        });
        await rig.DrainedAsync();

        Assert.Equal(Records, await rig.CountAsync("select count(*) from webhooks.customer"));
        Assert.Equal(1, await rig.CountAsync("select count(distinct state::text) from webhooks.customer"));
        Assert.Equal(await rig.CountAsync("select sum(revision)::bigint from webhooks.customer"), await rig.CountAsync("select count(*) from bus.message where type = 'webhooks.customer-changed'"));
        Assert.All(Enumerable.Range(0, Records), record => ToldInOrderAndOnlyOfChanges($"r{record}"));
        await EndsAsToldLastAsync("r0");
    }

    private void ToldInOrderAndOnlyOfChanges(string record)
    {
        var told = rig.Told.Of(record);

        Assert.Equal(Enumerable.Range(1, told.Length).Select(number => (long)number), told.Select(one => one.Revision));
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.NotEqual(
            (pair.First.Email, pair.First.Name, pair.First.Phone, pair.First.Deleted), (pair.Second.Email, pair.Second.Name, pair.Second.Phone, pair.Second.Deleted)));
    }

    private async Task EndsAsToldLastAsync(string record)
    {
        var (last, customer) = (rig.Told.Of(record)[^1], (await rig.CustomerAsync(record))!);

        Assert.Equal(
            ((string?)customer["email"], (string?)customer["name"], (string?)customer["phone"], (bool)customer["deleted"]!),
            (last.Email, last.Name, last.Phone, last.Deleted));
    }

    /// <summary>Creates, updates, deletes and undeletes; it ends alive.</summary>
    private static (string Type, long Version, (string, string?)[] Fields)[] History(Random random) => [.. Enumerable.Range(1, Length).Select(version => (
        version switch { 1 => "created", 5 or 9 => "deleted", 7 => "undeleted", 10 => "created", _ => "updated" },
        (long)version,
        Names.Where(_ => random.Next(2) == 0).Select(name => (name, random.Next(4) == 0 ? null : $"{name}{version}")).ToArray()))];
}
