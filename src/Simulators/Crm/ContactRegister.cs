namespace Orders.Simulators.Crm;

/// <summary>The contacts, by id. In memory; not thread-safe.</summary>
internal sealed class ContactRegister
{
    private static readonly Dictionary<string, string?> Nothing = [];

    private readonly SortedDictionary<string, Contact> byId = new(StringComparer.Ordinal);

    public ContactRegister(IEnumerable<Contact> contacts)
    {
        foreach (var contact in contacts)
        {
            byId[contact.Id] = contact;
        }
    }

    public Contact? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>Creates, changes or brings back; null where nothing is another than it was.</summary>
    public ContactChange? Put(string id, IReadOnlyDictionary<string, string?> fields, DateTimeOffset now)
    {
        var before = Find(id);
        var changed = fields.Where(field => before?.Fields.GetValueOrDefault(field.Key) != field.Value).ToDictionary(StringComparer.Ordinal);
        if (before is { Deleted: false } && changed.Count == 0)
        {
            return null;
        }

        var after = (before?.Fields ?? new Dictionary<string, string>()).ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in changed)
        {
            if (value is null)
            {
                after.Remove(name);
            }
            else
            {
                after[name] = value;
            }
        }

        var type = before switch { null => "contact.created", { Deleted: true } => "contact.undeleted", _ => "contact.updated" };
        return new(type, Keep(id, before, deleted: false, after, now), changed);
    }

    /// <summary>Null where there is nothing to delete.</summary>
    public ContactChange? Delete(string id, DateTimeOffset now) => Find(id) is { Deleted: false } before
        ? new("contact.deleted", Keep(id, before, deleted: true, before.Fields, now), Nothing)
        : null;

    /// <summary>In the order of the ids.</summary>
    public IReadOnlyList<Contact> After(string? id, int limit, bool alsoDeleted) =>
        [.. byId.Values.SkipWhile(contact => id is not null && string.CompareOrdinal(contact.Id, id) <= 0).Where(contact => alsoDeleted || !contact.Deleted).Take(limit)];

    public IReadOnlyList<Contact> Modified(DateTimeOffset start, DateTimeOffset end, bool deleted) =>
        [.. byId.Values.Where(contact => contact.Deleted == deleted && contact.LastModifiedDate >= start && contact.LastModifiedDate <= end)];

    // Time does not go back from one change of a contact to the next, whatever the clock does.
    private Contact Keep(string id, Contact? before, bool deleted, IReadOnlyDictionary<string, string> fields, DateTimeOffset now)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(now.ToUnixTimeMilliseconds(), before?.LastModifiedDate.ToUnixTimeMilliseconds() ?? 0));
        return byId[id] = new(id, (before?.Version ?? 0) + 1, at, deleted, fields);
    }
}
