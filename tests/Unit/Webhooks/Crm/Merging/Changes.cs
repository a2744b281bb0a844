using Orders.Webhooks.Crm.Merging;

namespace Orders.Tests.Unit.Webhooks.Crm.Merging;

/// <summary>Changes of one record, and what becomes of it.</summary>
internal static class Changes
{
    public static CrmChange Of(ChangeKind kind, long version, params (string Name, string? Value)[] fields) => new(
        "003", kind, new(version), DateTimeOffset.UnixEpoch.AddMinutes(version), fields.ToDictionary(field => field.Name, field => field.Value));

    /// <summary>The last state, how many changes were effective, and how often the CRM had to be asked.</summary>
    public static (RecordState? State, int Effective, int Reads) Play(IEnumerable<CrmChange> changes)
    {
        RecordState? state = null;
        var (effective, reads) = (0, 0);
        foreach (var change in changes)
        {
            var merged = Merge.Decide(state, change);
            state = merged.State;
            effective += merged.IsEffective ? 1 : 0;
            reads += merged.MustRead ? 1 : 0;
        }

        return (state, effective, reads);
    }

    /// <summary>Everything that is known, as text.</summary>
    public static string Bytes(RecordState? state) => state is null
        ? "nothing"
        : $"{state.Deleted} {state.Life} {state.Whole} {state.Erasure} " + string.Join(';', state.Fields.Select(field => $"{field.Key}={field.Value}"));
}
