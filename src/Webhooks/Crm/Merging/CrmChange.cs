using System.Text.Json.Serialization;
using Orders.Bus.Composition;

namespace Orders.Webhooks.Crm.Merging;

/// <summary>What the CRM says of one record, whatever format it came in.</summary>
/// <param name="RecordId">The CRM's id.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Stamp">Its place in the CRM's order.</param>
/// <param name="At">When it happened, by the CRM's clock.</param>
/// <param name="Fields">New values by field; null clears. A snapshot holds all that the record has.</param>
/// <param name="IsAnswer">The CRM said so when asked: where two changes of the same stamp differ, this is how it is.</param>
internal sealed record CrmChange(
    string RecordId, ChangeKind Kind, Stamp Stamp, DateTimeOffset At, [property: Personal] IReadOnlyDictionary<string, string?> Fields, bool IsAnswer = false);

[JsonConverter(typeof(JsonStringEnumConverter<ChangeKind>))]
internal enum ChangeKind
{
    Created,
    Updated,
    Deleted,
    Undeleted,

    /// <summary>The whole record as it was at the stamp: it exists, and fields that are not in it are empty.</summary>
    Snapshot,

    /// <summary>Something happened and the CRM does not say what.</summary>
    Gap,
}
