using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Hosting;

namespace Orders.Simulators.Crm;

/// <summary>A contact as it is answered: the best known fields beside all of them.</summary>
internal sealed record ContactBody(
    string Id, string? Email, string? Name, string? Phone, bool Deleted, long Version, DateTimeOffset LastModifiedDate, IReadOnlyDictionary<string, string> Fields)
{
    public static ContactBody Of(Contact contact) => new(
        contact.Id, contact.Fields.GetValueOrDefault("email"), contact.Fields.GetValueOrDefault("name"), contact.Fields.GetValueOrDefault("phone"),
        contact.Deleted, contact.Version, contact.LastModifiedDate, contact.Fields);
}

internal sealed record ContactsBody(IReadOnlyList<ContactBody> Items, string? Next, DateTimeOffset LatestDateCovered);

internal sealed record UpdatedBody(IReadOnlyList<string> Ids, DateTimeOffset LatestDateCovered);

internal sealed record DeletedBody(IReadOnlyList<DeletedRecordBody> DeletedRecords, DateTimeOffset EarliestDateAvailable, DateTimeOffset LatestDateCovered);

internal sealed record DeletedRecordBody(string Id, DateTimeOffset DeletedDate);

/// <summary>What the webhook is sent.</summary>
internal sealed record ChangeBody(string Type, DateTimeOffset Timestamp, ChangeData Data);

internal sealed record ChangeData(string Id, long Version, IReadOnlyDictionary<string, string?> Fields);

internal sealed record PendingBody(int Pending);

/// <summary>The CRM's JSON. What is read is held to the system's strictness by the reader.</summary>
[JsonSerializable(typeof(Dictionary<string, string?>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(ContactBody))]
[JsonSerializable(typeof(ContactsBody))]
[JsonSerializable(typeof(UpdatedBody))]
[JsonSerializable(typeof(DeletedBody))]
[JsonSerializable(typeof(ChangeBody))]
[JsonSerializable(typeof(PendingBody))]
[JsonSerializable(typeof(CrmFaults))]
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict, Converters = [typeof(UtcTimeJsonConverter)])]
internal sealed partial class CrmJson : JsonSerializerContext;
