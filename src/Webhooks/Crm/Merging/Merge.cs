using System.Collections.Immutable;
using System.Diagnostics;

namespace Orders.Webhooks.Crm.Merging;

/// <param name="State">What is known from now on.</param>
/// <param name="IsEffective">Whoever looks sees something else than before.</param>
/// <param name="MustRead">Only the CRM can tell how the record really is: ask it.</param>
/// <param name="IsErased">The change says what was erased, or may have been: nobody hears of it.</param>
internal sealed record Merged(RecordState State, bool IsEffective, bool MustRead, bool IsErased = false);

/// <summary>
/// Puts a change into what is known. Life and each field are registers of their own in which the greater stamp wins, so that
/// arrival in any order, any number of times, ends in the same state. Pure.
/// </summary>
internal static class Merge
{
    /// <param name="held">What is known; null where nothing was ever heard of the record.</param>
    /// <param name="change">What is heard now.</param>
    /// <param name="erasedAt">When a person had the record erased, last; null where nobody had.</param>
    public static Merged Decide(RecordState? held, CrmChange change, DateTimeOffset? erasedAt = null)
    {
        var before = held ?? RecordState.Unheard;
        // Whether the erasure or a change comes first to an erased record, the same is left of it.
        var left = erasedAt is { } erased ? before.ErasedAsOf(erased) : before;
        if (change.At <= erasedAt || (left.IsErased && !IsNewLife(left, change)))
        {
            return new(left, Shows(before, left), MustRead: false, IsErased: true);
        }

        if (change.Kind == ChangeKind.Gap)
        {
            return new(left, IsEffective: false, MustRead: true);
        }

        var tie = false;
        var after = WithFields(WithLife(left, change, ref tie), change, ref tie);
        // An update says what changed and no more: of an unknown record the rest is missing. Of one that came back, what was not listened to.
        var partial = left.IsErased || (!left.IsHeardOf && change.Kind == ChangeKind.Updated);
        return new(left.IsErased ? after with { Erasure = left.Erasure! with { CameBack = true } } : after, Shows(before, after), tie || partial);
    }

    /// <summary>What a person who asks for it leaves of a record.</summary>
    public static Merged Erase(RecordState held, DateTimeOffset at) =>
        new(held.ErasedAsOf(at), Shows(held, held.ErasedAsOf(at)), MustRead: false, IsErased: true);

    private static bool Shows(RecordState before, RecordState after) => before.IsHeardOf ? !after.LooksLike(before) : after.IsHeardOf && !after.Deleted;

    private static bool IsNewLife(RecordState erased, CrmChange change) =>
        change.Kind is ChangeKind.Created or ChangeKind.Undeleted && change.Stamp > erased.Life;

    private static RecordState WithLife(RecordState state, CrmChange change, ref bool tie)
    {
        bool? deleted = change.Kind switch
        {
            ChangeKind.Created or ChangeKind.Undeleted or ChangeKind.Snapshot => false,
            ChangeKind.Deleted => true,
            ChangeKind.Updated => null,
            _ => throw new UnreachableException($"Say here what {change.Kind} means for a record's life."),
        };
        return deleted is { } says && Wins(change, state.Life, says != state.Deleted, ref tie)
            ? state with { Deleted = says, Life = change.Stamp }
            : state;
    }

    private static RecordState WithFields(RecordState state, CrmChange change, ref bool tie)
    {
        var snapshot = change.Kind == ChangeKind.Snapshot;
        var whole = snapshot ? Stamp.Max(state.Whole, change.Stamp) : state.Whole;
        var fields = state.Fields.ToBuilder();
        foreach (var (name, value) in snapshot ? Emptying(state.Fields.Keys, change.Fields) : change.Fields)
        {
            var held = state.Fields.GetValueOrDefault(name) ?? new(null, state.Whole, default);
            if (Wins(change, held.Stamp, value != held.Value, ref tie))
            {
                fields[name] = new(value, change.Stamp, change.At);
            }
        }

        // What a snapshot does not hold is empty: that a field was cleared before it says nothing more.
        fields.RemoveRange(fields.Where(field => field.Value.Value is null && field.Value.Stamp <= whole).Select(field => field.Key).ToArray());
        return state with { Whole = whole, Fields = fields.ToImmutable() };
    }

    private static IEnumerable<KeyValuePair<string, string?>> Emptying(IEnumerable<string> held, IReadOnlyDictionary<string, string?> snapshot) =>
        held.Where(name => !snapshot.ContainsKey(name)).Select(name => KeyValuePair.Create(name, (string?)null)).Concat(snapshot);

    /// <summary>The greater stamp wins. Of two that are equal and differ, the CRM's own answer does; else it has to be asked.</summary>
    private static bool Wins(CrmChange change, Stamp held, bool differs, ref bool tie)
    {
        var equal = change.Stamp == held && differs;
        tie |= equal && !change.IsAnswer;
        return change.Stamp > held || (equal && change.IsAnswer);
    }
}
