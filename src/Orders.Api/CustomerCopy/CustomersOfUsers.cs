using Npgsql;
using Orders.Api.OrderViews;

namespace Orders.Api.CustomerCopy;

/// <summary>Who users are, by the CRMs.</summary>
internal sealed class CustomersOfUsers(NpgsqlDataSource database)
{
    // By customer_pkey. Where several CRMs have one, the last that changed.
    private const string Find = """
        SELECT DISTINCT ON (id) id, source, email, name, revision
        FROM orders.customer
        WHERE id = ANY ($1) AND NOT deleted
        ORDER BY id, changed_at DESC, source
        """;

    /// <summary>The customers of those orders' users that there are, by user; one round trip.</summary>
    public async Task<IReadOnlyDictionary<string, OrderCustomer>> FindAsync(IEnumerable<StoredOrder> orders, CancellationToken cancellationToken)
    {
        var customers = new Dictionary<string, OrderCustomer>(StringComparer.Ordinal);
        string[] users = [.. orders.Select(order => order.UserId).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (users.Length == 0)
        {
            return customers;
        }

        await using var command = database.CreateCommand(Find);
        command.Parameters.Add(new() { Value = users });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var customer = new OrderCustomer(
                reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3))
            {
                Revision = reader.GetInt64(4),
            };
            customers[customer.Id] = customer;
        }

        return customers;
    }
}
