namespace Orders.Webhooks.Crm.Customers;

/// <summary>A customer as operators see it; when it was erased, if it was. What it has then came later.</summary>
internal sealed record CustomerDocument(
    string Id, string Source, string? Email, string? Name, string? Phone, bool Deleted, DateTimeOffset? ErasedAt, long Version, IReadOnlyDictionary<string, CustomerField> Fields)
{
    public static CustomerDocument Of(Customer customer)
    {
        var state = customer.State!;
        return new(
            customer.Key.Id,
            customer.Key.Source,
            CustomerView.Email(state),
            CustomerView.Name(state),
            CustomerView.Phone(state),
            state.Deleted,
            state.Erasure?.At,
            state.Newest.Major,
            state.Fields.ToDictionary(one => one.Key, one => new CustomerField(one.Value.Value, one.Value.Stamp.Major, one.Value.At), StringComparer.Ordinal));
    }
}

/// <summary>A field, the version of the change that set it, and when that was by the CRM's clock.</summary>
internal sealed record CustomerField(string? Value, long Version, DateTimeOffset At);
