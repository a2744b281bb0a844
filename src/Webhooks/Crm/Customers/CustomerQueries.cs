using Npgsql;
using NpgsqlTypes;
using Orders.Hosting;

namespace Orders.Webhooks.Crm.Customers;

/// <summary>Reads customers for operators.</summary>
internal sealed class CustomerQueries(NpgsqlDataSource database)
{
    // By customer_pkey where the source is given; over its few sources where it is not.
    private const string Find =
        $"""
        SELECT {CustomerTable.Columns}
        FROM webhooks.customer
        WHERE id = $1 AND ($2 IS NULL OR source = $2) AND state IS NOT NULL
        ORDER BY source
        LIMIT 2
        """;

    // Reads customer_email.
    private const string ByEmail =
        $"""
        SELECT {CustomerTable.Columns}
        FROM webhooks.customer
        WHERE lower(email) = lower($4) AND (source, id) > ($1, $2)
        ORDER BY source, id
        LIMIT $3
        """;

    // By customer_pkey.
    private const string All =
        $"""
        SELECT {CustomerTable.Columns}
        FROM webhooks.customer
        WHERE (source, id) > ($1, $2) AND state IS NOT NULL
        ORDER BY source, id
        LIMIT $3
        """;

    /// <summary>The customers with this id: of all sources, two at most, where none is given.</summary>
    public async Task<List<Customer>> FindAsync(string id, string? source, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Find);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = (object?)source ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        return await CustomerTable.ReadAsync(command, cancellationToken);
    }

    /// <param name="email">Whose, in whatever case; null for all.</param>
    /// <param name="after">The last of the page before; null for the first page.</param>
    /// <param name="limit">Customers on a page.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<PageOf<CustomerDocument>> PageAsync(string? email, CustomerKey? after, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(email is null ? All : ByEmail);
        command.Parameters.Add(new() { Value = after?.Source ?? "" });
        command.Parameters.Add(new() { Value = after?.Id ?? "" });
        // One more than the page tells whether there is a next.
        command.Parameters.Add(new() { Value = limit + 1 });
        if (email is not null)
        {
            command.Parameters.Add(new() { Value = email });
        }

        var found = await CustomerTable.ReadAsync(command, cancellationToken);
        return new([.. found.Take(limit).Select(CustomerDocument.Of)], found.Count > limit ? CustomerCursor.Write(found[limit - 1].Key) : null);
    }
}
