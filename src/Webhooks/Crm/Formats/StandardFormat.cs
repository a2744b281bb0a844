using System.Text;
using System.Text.Json;
using Orders.Hosting;
using Orders.Webhooks.Crm.Merging;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Formats;

/// <summary>
/// <c>{"type":"contact.updated","timestamp":"…","data":{"id":"…","version":17,"fields":{"email":"…","phone":null}}}</c>, by Standard
/// Webhooks. The record's version is the order.
/// </summary>
internal sealed class StandardFormat : ICrmFormat
{
    public bool Proves(CrmSource source, CrmCall call, DateTimeOffset now) => StandardProof.Holds(source, call, now);

    public IReadOnlyList<CrmEvent> Read(CrmSource source, CrmCall call)
    {
        _ = EventJson.Read(call.Body, ChangeOf);
        return [new(call.Header(WebhookSignature.IdHeader)!, Encoding.UTF8.GetString(call.Body))];
    }

    public CrmNews Interpret(CrmSource source, string text)
    {
        var (type, change) = EventJson.Read(Encoding.UTF8.GetBytes(text), ChangeOf);
        ChangeKind kind = type switch
        {
            "contact.created" => ChangeKind.Created,
            "contact.updated" => ChangeKind.Updated,
            "contact.deleted" => ChangeKind.Deleted,
            "contact.undeleted" => ChangeKind.Undeleted,
            _ => throw new UnreadableEventException("The type is none that is known here: contact.created, contact.updated, contact.deleted and contact.undeleted are."),
        };
        return new([FieldRules.Checked(change with { Kind = kind })]);
    }

    public string Keepable(string text) => WithoutCardNumbers.InJson(text);

    private static (string Type, CrmChange Change) ChangeOf(JsonElement body)
    {
        var type = body.Member("", "type", JsonValueKind.String).GetString()!;
        var at = body.Member("", "timestamp", JsonValueKind.String).TryGetDateTimeOffset(out var time)
            ? time.ToUniversalTime()
            : throw ProblemException.Invalid("/timestamp", "must be a time such as 2026-01-31T12:00:00Z.");
        var data = body.Member("", "data", JsonValueKind.Object);
        var id = data.Member("/data", "id", JsonValueKind.String).GetString()!;
        var version = data.Member("/data", "version", JsonValueKind.Number).TryGetInt64(out var number)
            ? number
            : throw ProblemException.Invalid("/data/version", "must be a whole number.");
        return (type, new(id, default, new(version), at, FieldsOf(data)));
    }

    private static Dictionary<string, string?> FieldsOf(JsonElement data)
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (!data.TryGetProperty("fields", out _))
        {
            return fields;
        }

        foreach (var field in data.Member("/data", "fields", JsonValueKind.Object).EnumerateObject())
        {
            fields[field.Name] = field.Value.ValueKind switch
            {
                JsonValueKind.String => field.Value.GetString(),
                JsonValueKind.Null => null,
                _ => throw ProblemException.Invalid("/data/fields", "must hold strings and nulls alone."),
            };
        }

        return fields;
    }
}
