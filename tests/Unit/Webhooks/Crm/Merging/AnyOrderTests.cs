using FsCheck;
using FsCheck.Fluent;
using Orders.Webhooks.Crm.Merging;
using static Orders.Tests.Unit.Webhooks.Crm.Merging.Changes;

namespace Orders.Tests.Unit.Webhooks.Crm.Merging;

// A failing property prints the seed that repeats it.
public sealed class AnyOrderTests
{
    private static readonly string[] Names = ["email", "name", "phone", "company"];

    private static readonly ChangeKind[] Kinds = [ChangeKind.Created, ChangeKind.Updated, ChangeKind.Deleted, ChangeKind.Undeleted, ChangeKind.Snapshot];

    [Fact]
    public void A_history_ends_the_same_in_any_order_with_any_duplication() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(1, 40)).ToArbitrary(),
        drawn =>
        {
            var random = new Random(drawn.Item1);
            var history = History(random, drawn.Item2);
            return Bytes(Play(history).State) == Bytes(Play(Arrival(random, history)).State);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void A_thousand_orders_of_one_history_end_byte_for_byte_alike_and_each_effective_change_is_told_once()
    {
        var random = new Random(17);
        var history = History(random, 30);
        var expected = Bytes(Play(history).State);

        for (var round = 0; round < 1_000; round++)
        {
            var arrival = Arrival(random, history);

            Assert.Equal(expected, Bytes(Play(arrival).State));
            Assert.Equal(Seen(arrival), Play(arrival).Effective);
        }
    }

    [Fact]
    public void The_property_notices_a_merge_that_goes_by_arrival()
    {
        var random = new Random(17);
        var history = History(random, 30);

        Assert.Contains(
            Enumerable.Range(0, 100).Select(_ => Arrival(random, history)),
            arrival => ByArrival(arrival) != ByArrival(history));
    }

    private static CrmChange[] History(Random random, int length) => [.. Enumerable.Range(1, length).Select(version => Of(
        version == 1 ? ChangeKind.Created : Kinds[random.Next(Kinds.Length)],
        version,
        [.. Names.Where(_ => random.Next(2) == 0).Select(name => (name, random.Next(5) == 0 ? null : random.Next(4).ToString()))]))];

    private static CrmChange[] Arrival(Random random, CrmChange[] history)
    {
        CrmChange[] arrival = [.. history, .. history.Where(_ => random.Next(3) == 0)];
        random.Shuffle(arrival);
        return arrival;
    }

    /// <summary>How often somebody who looks after each arrival sees something else: by replaying all that came so far in its own order.</summary>
    private static int Seen(CrmChange[] arrival)
    {
        var (seen, times) = ("unknown", 0);
        for (var came = 1; came <= arrival.Length; came++)
        {
            var now = Look(arrival.Take(came).DistinctBy(change => change.Stamp).OrderBy(change => change.Stamp));
            times += now != seen && !(seen == "unknown" && now == "deleted") ? 1 : 0;
            seen = now == "deleted" && seen == "unknown" ? "unknown" : now;
        }

        return times;
    }

    private static string Look(IEnumerable<CrmChange> inOrder)
    {
        var (deleted, values) = (false, new SortedDictionary<string, string?>(StringComparer.Ordinal));
        foreach (var change in inOrder)
        {
            deleted = change.Kind switch { ChangeKind.Deleted => true, ChangeKind.Updated => deleted, _ => false };
            if (change.Kind == ChangeKind.Snapshot)
            {
                values.Clear();
            }

            foreach (var (name, value) in change.Fields)
            {
                values[name] = value;
            }
        }

        return deleted ? "deleted" : "here " + string.Join(';', values.Where(one => one.Value is not null).Select(one => $"{one.Key}={one.Value}"));
    }

    private static string ByArrival(IEnumerable<CrmChange> arrival) => Look(arrival);
}
