using System.Text.Json;
using Orders.Hosting;
using Orders.Webhooks.Crm.Merging;

namespace Orders.Webhooks.Crm.Formats;

/// <summary>What is read of a ChangeEventHeader.</summary>
/// <param name="EntityName">The kind of record.</param>
/// <param name="ChangeType">As Salesforce says it.</param>
/// <param name="RecordIds">The records that changed alike.</param>
/// <param name="Commit">The commit's time, in milliseconds since 1970, its number and the place in the transaction.</param>
/// <param name="Emptied">The fields that are named as changed: those of them that are not in the event are empty.</param>
internal sealed record CdcHeader(string EntityName, string ChangeType, IReadOnlyList<string> RecordIds, Stamp Commit, IReadOnlyList<string> Emptied)
{
    private const int MaxRecords = 2_000;
    private const string At = "/ChangeEventHeader";

    /// <summary>The last millisecond that .NET can say.</summary>
    private const long MaxMilliseconds = 253_402_300_799_999;

    /// <exception cref="ProblemException">400 where one of them is missing or of another type.</exception>
    public static CdcHeader Of(JsonElement header)
    {
        var ids = header.Member(At, "recordIds", JsonValueKind.Array).EnumerateArray().Select(Text).ToList();
        return ids.Count > MaxRecords
            ? throw ProblemException.Invalid(At + "/recordIds", $"names more than {MaxRecords} records.")
            : new(
                header.Member(At, "entityName", JsonValueKind.String).GetString()!,
                header.Member(At, "changeType", JsonValueKind.String).GetString()!,
                ids,
                new(Number(header, "commitTimestamp", MaxMilliseconds), Number(header, "commitNumber"), Number(header, "sequenceNumber")),
                [.. Texts(header, "changedFields"), .. Texts(header, "nulledFields")]);
    }

    public CrmChange Change(string recordId, ChangeKind kind, Dictionary<string, string?> fields) =>
        new(recordId, kind, Commit, DateTimeOffset.FromUnixTimeMilliseconds(Commit.Major), fields);

    private static IEnumerable<string> Texts(JsonElement header, string name) =>
        header.TryGetProperty(name, out _) ? header.Member(At, name, JsonValueKind.Array).EnumerateArray().Select(Text) : [];

    private static string Text(JsonElement element) => element.ValueKind == JsonValueKind.String
        ? element.GetString()!
        : throw ProblemException.Invalid(At, "must name records and fields by strings.");

    private static long Number(JsonElement header, string name, long max = long.MaxValue) =>
        header.Member(At, name, JsonValueKind.Number).TryGetInt64(out var number) && number >= 0 && number <= max
            ? number
            : throw ProblemException.Invalid($"{At}/{name}", "must be a whole number, not negative and not out of range.");
}
