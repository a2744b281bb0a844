using System.Text.Json;

namespace Orders.Simulators.Crm;

/// <summary>One webhook: the same id and body whenever it is sent.</summary>
internal sealed record CrmWebhook(string Id, byte[] Body)
{
    public static CrmWebhook Of(ContactChange change, DateTimeOffset now)
    {
        var contact = change.Contact;
        var body = new ChangeBody(change.Type, contact.LastModifiedDate, new(contact.Id, contact.Version, change.Changed));
        return new($"evt_{Guid.CreateVersion7(now):N}", JsonSerializer.SerializeToUtf8Bytes(body, CrmJson.Default.ChangeBody));
    }
}
