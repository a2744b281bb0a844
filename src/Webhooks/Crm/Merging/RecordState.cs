using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Orders.Webhooks.Crm.Merging;

/// <summary>All that was heard of one record. Two histories of the same changes make the same state, in whatever order they came.</summary>
/// <param name="Deleted">Whether it is gone, as of <paramref name="Life"/>.</param>
/// <param name="Life">The last creation, deletion or undeletion; the default where only updates were heard of.</param>
/// <param name="Whole">The last snapshot: what is older than that and not here is empty.</param>
/// <param name="Fields">By name. A cleared field stays, with the stamp of its clearing.</param>
/// <param name="Erasure">The last one that emptied it.</param>
internal sealed record RecordState(
    bool Deleted,
    Stamp Life,
    Stamp Whole,
    ImmutableSortedDictionary<string, FieldState> Fields,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RecordErasure? Erasure = null)
{
    public static RecordState Unheard { get; } = new(false, default, default, ImmutableSortedDictionary.Create<string, FieldState>(StringComparer.Ordinal));

    /// <summary>Whether anything at all is known.</summary>
    [JsonIgnore]
    public bool IsHeardOf => Newest > default(Stamp);

    /// <summary>The newest of all that is known.</summary>
    [JsonIgnore]
    public Stamp Newest => Fields.Values.Select(one => one.Stamp).Append(Life).Append(Whole).Max();

    /// <summary>Nothing is left of it, and nothing but a new life is heard of.</summary>
    [JsonIgnore]
    public bool IsErased => Erasure is { CameBack: false };

    /// <summary>What is left once it is erased: that it is gone, as of the newest that was heard, so that all that is older loses.</summary>
    public RecordState ErasedAsOf(DateTimeOffset at) => Erasure?.At >= at ? this : new(Deleted: true, Newest, Newest, Unheard.Fields, new(at));

    public string? Value(string field) => Fields.GetValueOrDefault(field)?.Value;

    /// <summary>Whether both show the same to whoever looks: what a deleted record's fields are, nobody sees.</summary>
    public bool LooksLike(RecordState other) =>
        Deleted == other.Deleted && (Deleted || Shown(this).SequenceEqual(Shown(other)));

    private static IEnumerable<(string Name, string Value)> Shown(RecordState state) =>
        from field in state.Fields
        where field.Value.Value is not null
        select (field.Key, field.Value.Value);
}

/// <summary>One field: its value, which change set it, and when that was by the CRM's clock.</summary>
internal sealed record FieldState(string? Value, Stamp Stamp, DateTimeOffset At);

/// <summary>That a person had the record erased, and when; and whether the CRM has told of a new life since.</summary>
internal sealed record RecordErasure(DateTimeOffset At, bool CameBack = false);
