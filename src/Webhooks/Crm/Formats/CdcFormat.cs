using System.Text;
using System.Text.Json;
using Orders.Hosting;
using Orders.Webhooks.Crm.Merging;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Formats;

/// <summary>
/// Salesforce's change events with their ChangeEventHeader, bare or in the <c>payload</c> that streams wrap them in, by Standard
/// Webhooks. The order is the commit's: its time, its number, and the place in its transaction.
/// </summary>
internal sealed class CdcFormat : ICrmFormat
{
    private const string GapPrefix = "GAP_";

    public bool Proves(CrmSource source, CrmCall call, DateTimeOffset now) => StandardProof.Holds(source, call, now);

    public IReadOnlyList<CrmEvent> Read(CrmSource source, CrmCall call)
    {
        _ = EventJson.Read(call.Body, HeaderOf);
        return [new(call.Header(WebhookSignature.IdHeader)!, Encoding.UTF8.GetString(call.Body))];
    }

    public CrmNews Interpret(CrmSource source, string text) => EventJson.Read(Encoding.UTF8.GetBytes(text), body =>
    {
        var header = HeaderOf(body);
        return header.EntityName == source.Entity ? NewsOf(header, CdcFields.Of(PayloadOf(body), header.Emptied)) : CrmNews.None;
    });

    public string Keepable(string text) => WithoutCardNumbers.InJson(text);

    private static CrmNews NewsOf(CdcHeader header, Dictionary<string, string?> fields)
    {
        if (header.ChangeType == GapPrefix + "OVERFLOW")
        {
            return new([], AnythingMayHaveChanged: true);
        }

        // A gap tells which records and what happened, not what they are now.
        var gap = header.ChangeType.StartsWith(GapPrefix, StringComparison.Ordinal);
        ChangeKind kind = (gap ? header.ChangeType[GapPrefix.Length..] : header.ChangeType) switch
        {
            "CREATE" => ChangeKind.Created,
            "UPDATE" => ChangeKind.Updated,
            "DELETE" => ChangeKind.Deleted,
            "UNDELETE" => ChangeKind.Undeleted,
            _ => throw new UnreadableEventException("The changeType is none that is known here. See Salesforce's Change Data Capture for those that there are."),
        };
        return new([.. header.RecordIds.Select(id => FieldRules.Checked(
            gap ? header.Change(id, ChangeKind.Gap, []) : header.Change(id, kind, kind == ChangeKind.Deleted ? [] : fields)))]);
    }

    private static CdcHeader HeaderOf(JsonElement body) => CdcHeader.Of(PayloadOf(body).Member("", "ChangeEventHeader", JsonValueKind.Object));

    private static JsonElement PayloadOf(JsonElement body)
    {
        foreach (var wrapping in (ReadOnlySpan<string>)["data", "payload"])
        {
            body = body.TryGetProperty(wrapping, out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : body;
        }

        return body;
    }
}
