using System.Text.Json;
using Orders.Api.OrderViews;

namespace Orders.Api.CustomerCopy;

/// <summary>Orders as operators read them: the stored document and, behind its last member, the present customer. Nobody else gets to see that.</summary>
internal sealed class OperatorsView(CustomersOfUsers customers)
{
    public async Task<IReadOnlyList<ShownOrder>> ShowAsync(IReadOnlyList<StoredOrder> orders, CancellationToken cancellationToken)
    {
        var found = await customers.FindAsync(orders, cancellationToken);
        return [.. orders.Select(order => Show(order, order.UserId is { } user ? found.GetValueOrDefault(user) : null))];
    }

    /// <summary>The document goes out as it is stored: what is added takes the place of its closing brace.</summary>
    internal static ShownOrder Show(StoredOrder order, OrderCustomer? customer)
    {
        var added = customer is null ? "null"u8 : JsonSerializer.SerializeToUtf8Bytes(customer, OrderDocumentJson.Default.OrderCustomer);
        byte[] json = [.. order.Json.AsSpan(..^1), .. ",\"customer\":"u8, .. added, (byte)'}'];
        // One user's customer may be another's record from one moment to the next: a revision alone is not enough.
        return new(json, customer is null ? $"\"{order.Version}-nobody\"" : $"\"{order.Version}-{customer.Source}.{customer.Revision}\"");
    }
}
