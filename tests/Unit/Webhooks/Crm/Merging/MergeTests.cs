using Orders.Webhooks.Crm.Merging;
using static Orders.Tests.Unit.Webhooks.Crm.Merging.Changes;
using static Orders.Webhooks.Crm.Merging.ChangeKind;

namespace Orders.Tests.Unit.Webhooks.Crm.Merging;

public sealed class MergeTests
{
    [Fact]
    public void A_field_changes_only_by_a_strictly_greater_version()
    {
        var (state, effective, _) = Play([Of(Created, 3, ("email", "a")), Of(Updated, 2, ("email", "b")), Of(Updated, 3, ("email", "c"))]);

        Assert.Equal("a", state!.Value("email"));
        Assert.Equal(1, effective);
    }

    [Fact]
    public void Each_field_has_a_version_of_its_own()
    {
        var (state, effective, _) = Play([Of(Created, 1, ("email", "a")), Of(Updated, 3, ("name", "n")), Of(Updated, 2, ("email", "b"))]);

        Assert.Equal(("b", "n"), (state!.Value("email"), state.Value("name")));
        Assert.Equal(3, effective);
    }

    [Fact]
    public void Null_clears_and_a_late_older_value_does_not_come_back()
    {
        var (state, effective, _) = Play([Of(Created, 1, ("phone", "1")), Of(Updated, 3, ("phone", null)), Of(Updated, 2, ("phone", "2"))]);

        Assert.Null(state!.Value("phone"));
        Assert.Equal(2, effective);
    }

    [Theory]
    [InlineData(Updated, 9, true)]
    [InlineData(Created, 4, true)]
    [InlineData(Undeleted, 5, true)]
    [InlineData(Created, 6, false)]
    [InlineData(Undeleted, 6, false)]
    [InlineData(Snapshot, 6, false)]
    internal void Only_what_is_greater_and_says_that_it_lives_revives_a_deleted_record(ChangeKind kind, long version, bool deleted) =>
        Assert.Equal(deleted, Play([Of(Created, 1, ("email", "a")), Of(Deleted, 5), Of(kind, version, ("email", "b"))]).State!.Deleted);

    [Fact]
    public void A_deletion_that_overtook_the_creation_says_nothing_and_holds()
    {
        var (state, effective, _) = Play([Of(Deleted, 5), Of(Created, 1, ("email", "a")), Of(Updated, 3, ("email", "b"))]);

        Assert.True(state!.Deleted);
        Assert.Equal(0, effective);
    }

    [Fact]
    public void Values_that_are_held_already_come_back_without_effect()
    {
        var (state, effective, reads) = Play([Of(Created, 1, ("email", "a")), Of(Updated, 2, ("email", "a"))]);

        Assert.Equal(new Stamp(2), state!.Fields["email"].Stamp);
        Assert.Equal((1, 0), (effective, reads));
    }

    [Fact]
    public void What_changes_behind_a_tombstone_shows_when_the_record_is_back()
    {
        var hidden = Play([Of(Created, 1, ("email", "a")), Of(Deleted, 2), Of(Updated, 3, ("email", "b"))]);
        Assert.Equal(2, hidden.Effective);

        var back = Merge.Decide(hidden.State, Of(Undeleted, 4));

        Assert.True(back.IsEffective);
        Assert.Equal("b", back.State.Value("email"));
    }

    [Fact]
    public void Of_an_unknown_record_an_update_is_kept_and_the_rest_is_asked_for()
    {
        var merged = Merge.Decide(null, Of(Updated, 7, ("email", "a")));

        Assert.True(merged is { IsEffective: true, MustRead: true, State.Deleted: false });
        Assert.False(Merge.Decide(merged.State, Of(Updated, 8, ("email", "b"))).MustRead);
    }

    [Fact]
    public void A_gap_changes_nothing_and_asks()
    {
        var (held, _, _) = Play([Of(Created, 1, ("email", "a"))]);

        Assert.Equal(new Merged(held!, false, true), Merge.Decide(held, Of(Gap, 9)));
    }

    [Fact]
    public void An_older_snapshot_is_ignored_and_a_newer_one_empties_what_it_does_not_hold()
    {
        var (state, effective, reads) = Play(
            [Of(Snapshot, 5, ("email", "a"), ("phone", "1")), Of(Snapshot, 4, ("email", "b"), ("name", "n")), Of(Snapshot, 6, ("email", "a"))]);

        Assert.Equal("email", Assert.Single(state!.Fields).Key);
        Assert.Equal((2, 0), (effective, reads));
    }

    [Fact]
    public void A_tie_with_the_same_values_is_nothing()
    {
        var snapshot = Of(Snapshot, 5, ("email", "a"), ("phone", null));

        Assert.Equal((1, 0), (Play([snapshot, snapshot]).Effective, Play([snapshot, snapshot]).Reads));
    }

    [Fact]
    public void A_tie_with_other_values_asks_the_CRM_and_its_answer_stands()
    {
        var (held, _, reads) = Play([Of(Snapshot, 5, ("email", "a"), ("name", "n")), Of(Snapshot, 5, ("email", "b"))]);
        Assert.Equal(("a", "n", 1), (held!.Value("email"), held.Value("name"), reads));

        var answered = Merge.Decide(held, Of(Snapshot, 5, ("email", "c")) with { IsAnswer = true });

        Assert.True(answered is { IsEffective: true, MustRead: false });
        Assert.Equal(("c", null), (answered.State.Value("email"), answered.State.Value("name")));
        Assert.Equal(answered.State.Fields, Merge.Decide(answered.State, Of(Snapshot, 5, ("email", "a"))).State.Fields);
    }

    [Fact]
    public void The_CRMs_answer_that_a_record_is_deleted_stands_against_a_tie()
    {
        var (held, _, _) = Play([Of(Created, 5, ("email", "a"))]);

        Assert.True(Merge.Decide(held, Of(Deleted, 5)).MustRead);
        Assert.True(Merge.Decide(held, Of(Deleted, 5) with { IsAnswer = true }) is { State.Deleted: true, IsEffective: true, MustRead: false });
    }

    [Fact]
    public void An_answer_that_was_overtaken_changes_nothing()
    {
        var (held, _, _) = Play([Of(Created, 1, ("email", "a")), Of(Updated, 3, ("email", "c"))]);

        Assert.False(Merge.Decide(held, Of(Snapshot, 2, ("email", "b")) with { IsAnswer = true }).IsEffective);
    }
}
