using Orders.Contracts;
using Orders.Webhooks.Crm.Merging;

namespace Orders.Webhooks.Crm.Customers;

/// <summary>What people see of a record's state.</summary>
internal static class CustomerView
{
    private static readonly string[] NameParts = ["firstName", "lastName"];

    public static string? Email(RecordState state) => state.Value("email");

    public static string? Phone(RecordState state) => state.Value("phone");

    /// <summary>The name as a whole or put together from its parts, whichever the CRM said last.</summary>
    public static string? Name(RecordState state)
    {
        var whole = state.Fields.GetValueOrDefault("name");
        var parts = NameParts.Select(part => state.Fields.GetValueOrDefault(part)).OfType<FieldState>().ToList();
        return parts.Count == 0 || whole is { Value: not null } && parts.TrueForAll(part => part.Stamp < whole.Stamp)
            ? whole?.Value
            : string.Join(' ', parts.Select(part => part.Value).OfType<string>()) is { Length: > 0 } name ? name : whole?.Value;
    }

    public static CustomerChanged Changed(Customer customer, DateTimeOffset at)
    {
        var (key, state) = (customer.Key, customer.State!);
        return state.Deleted
            ? new(key.Source, key.Id, customer.Revision, null, null, null, Deleted: true, state.Newest.Major, at)
            : new(key.Source, key.Id, customer.Revision, Email(state), Name(state), Phone(state), Deleted: false, state.Newest.Major, at);
    }
}
