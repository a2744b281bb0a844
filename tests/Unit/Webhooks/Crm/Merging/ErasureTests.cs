using FsCheck;
using FsCheck.Fluent;
using Orders.Webhooks.Crm.Merging;
using static Orders.Tests.Unit.Webhooks.Crm.Merging.Changes;
using static Orders.Webhooks.Crm.Merging.ChangeKind;

namespace Orders.Tests.Unit.Webhooks.Crm.Merging;

// A failing property prints the seed that repeats it. A change's time goes by its version: see Changes.
public sealed class ErasureTests
{
    /// <summary>Versions up to this are older than the erasure.</summary>
    private const int Stale = 100;

    private static readonly DateTimeOffset Erased = Of(Updated, Stale).At;
    private static readonly ChangeKind[] Kinds = [Created, Updated, Deleted, Undeleted, Snapshot, Gap];

    [Fact]
    public void What_is_left_is_that_it_is_gone_as_of_the_newest_that_was_heard()
    {
        var (held, _, _) = Play([Of(Created, 3, ("email", "a")), Of(Updated, 7, ("name", "n"))]);

        var erased = Merge.Erase(held!, Erased);

        Assert.True(erased is { IsEffective: true, MustRead: false, State: { Deleted: true, IsErased: true, Fields.IsEmpty: true } });
        Assert.Equal((new Stamp(7), new Stamp(7)), (erased.State.Life, erased.State.Whole));
        Assert.Equal(erased with { IsEffective = false }, Merge.Erase(erased.State, Erased));
    }

    [Fact]
    public void Nobody_sees_that_a_deleted_record_is_emptied_as_well()
    {
        var (held, _, _) = Play([Of(Created, 3, ("email", "a")), Of(Deleted, 7)]);

        Assert.True(Merge.Erase(held!, Erased) is { IsEffective: false, State.Fields.IsEmpty: true });
    }

    [Theory]
    [InlineData(Created, 101, true)]
    [InlineData(Undeleted, 101, true)]
    [InlineData(Updated, 101, false)]
    [InlineData(Snapshot, 101, false)]
    [InlineData(Deleted, 101, false)]
    [InlineData(Gap, 101, false)]
    [InlineData(Created, 100, false)]
    internal void Nothing_but_a_new_life_after_it_is_heard_of_what_was_erased(ChangeKind kind, long version, bool revives)
    {
        foreach (var held in new[] { null, Merge.Erase(Play([Of(Created, 1, ("email", "a"))]).State!, Erased).State })
        {
            var merged = Merge.Decide(held, Of(kind, version, ("email", "b")), Erased);

            Assert.Equal(
                (revives, revives, !revives, revives ? "b" : null),
                (merged.IsEffective, merged.MustRead, merged.IsErased, merged.State.Value("email")));
        }
    }

    [Fact]
    public void The_time_counts_and_not_the_version()
    {
        var late = Of(Created, 9_000, ("email", "a")) with { At = Erased };
        var alive = Merge.Decide(null, Of(Created, Stale + 1, ("email", "b")), Erased).State;

        Assert.True(Merge.Decide(null, late, Erased) is { IsErased: true, State.IsHeardOf: false });
        Assert.Equal(Merge.Decide(alive, late, Erased), new(alive, false, false, IsErased: true));
    }

    [Fact]
    public void A_new_life_that_is_older_than_what_was_heard_is_none()
    {
        var left = Merge.Erase(Play([Of(Created, 9_000, ("email", "a"))]).State!, Erased).State;

        Assert.True(Merge.Decide(left, Of(Created, 8_999, ("email", "b")), Erased) is { IsErased: true, IsEffective: false });
    }

    [Fact]
    public void Whoever_came_back_is_listened_to_as_before_and_may_ask_again()
    {
        var back = Merge.Decide(null, Of(Created, 101, ("email", "b")), Erased).State;
        var gone = Merge.Decide(back, Of(Deleted, 103), Erased);
        var undone = Merge.Decide(gone.State, Of(Snapshot, 104, ("email", "c")), Erased);
        Assert.True((gone.IsEffective, undone.IsEffective, undone.State.Value("email")) is (true, true, "c"));

        var again = Merge.Decide(undone.State, Of(Updated, 105, ("email", "d")), Of(Updated, 105).At);

        Assert.True(again is { IsEffective: true, IsErased: true, State: { IsErased: true, Fields.IsEmpty: true } });
    }

    [Fact]
    public void No_order_of_what_is_stale_brings_a_value_back() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(0, 30)).ToArbitrary(),
        drawn =>
        {
            var random = new Random(drawn.Item1);
            var history = History(random, drawn.Item2);
            var held = Play(history.Where(_ => random.Next(2) == 0)).State;
            var left = held is null ? null : Merge.Erase(held, Erased).State;
            // Of what comes after the erasure everything but a new life is stale as well.
            return Arrivals(random, [.. history, .. After(random).Where(change => change.Kind is not (Created or Undeleted))], left)
                .All(merged => merged is { IsErased: true, MustRead: false, IsEffective: false, State.Fields.IsEmpty: true });
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void Whether_the_erasure_or_what_is_stale_comes_first_the_same_is_left() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(1, 30)).ToArbitrary(),
        drawn =>
        {
            var random = new Random(drawn.Item1);
            var history = History(random, drawn.Item2);
            var held = Play(history).State!;
            var first = Merge.Erase(held, Erased);
            var late = Arrivals(random, history, held).ToList();
            return Bytes(late[^1].State) == Bytes(first.State) && late.Count(merged => merged.IsEffective) == (first.IsEffective ? 1 : 0);
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void Whoever_came_back_is_as_the_CRM_says_in_any_order_and_nothing_of_before_is_in_it() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(0, 30)).ToArbitrary(),
        drawn =>
        {
            var random = new Random(drawn.Item1);
            var (history, fresh) = (History(random, drawn.Item2), After(random));
            var left = history.Length == 0 ? null : Merge.Erase(Play(history).State ?? RecordState.Unheard, Erased).State;
            var last = Arrivals(random, [.. history, .. fresh, Of(Created, Stale + 1, ("email", "back"))], left).Last().State;
            // It is asked as soon as a life is heard of, and answers with how it is.
            var answered = Merge.Decide(last, Of(Snapshot, Stale + 50, ("email", "fresh")) with { IsAnswer = true }, Erased).State;
            return last.Fields.Values.All(field => field.At > Erased) && answered.Value("email") == "fresh" && answered.Fields.Count(field => field.Value.Value is not null) == 1;
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    private static CrmChange[] History(Random random, int length) => [.. Enumerable.Range(1, length).Select(version => Change(random, version))];

    private static CrmChange[] After(Random random) => [.. Enumerable.Range(Stale + 2, 10).Select(version => Change(random, version))];

    private static CrmChange Change(Random random, int version) =>
        Of(Kinds[random.Next(Kinds.Length)], version, ("email", $"email{version}"), ("name", random.Next(3) == 0 ? null : $"name{version}")) with { IsAnswer = random.Next(4) == 0 };

    /// <summary>What each of them does that comes in some order, some twice.</summary>
    private static IEnumerable<Merged> Arrivals(Random random, CrmChange[] changes, RecordState? state)
    {
        CrmChange[] arrival = [.. changes, .. changes.Where(_ => random.Next(3) == 0)];
        random.Shuffle(arrival);
        foreach (var change in arrival)
        {
            var merged = Merge.Decide(state, change, Erased);
            state = merged.State;
            yield return merged;
        }
    }
}
