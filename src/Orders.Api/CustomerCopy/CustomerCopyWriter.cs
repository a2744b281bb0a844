using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;
using Orders.Contracts;

namespace Orders.Api.CustomerCopy;

/// <summary>Writes a batch's customers in one statement; the greater revision wins, in the batch and in the table.</summary>
internal sealed class CustomerCopyWriter(BatchStorage storage) : IBatchParticipant
{
    /// <summary>By <c>customer_pkey</c>.</summary>
    private const string Upsert = """
        INSERT INTO orders.customer AS customer (id, source, revision, deleted, email, name, changed_at)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id, source) DO UPDATE
        SET revision = excluded.revision, deleted = excluded.deleted, email = excluded.email, name = excluded.name, changed_at = excluded.changed_at
        WHERE customer.revision < excluded.revision
        """;

    // Sorted: two batches that write the same customers lock them in the same order.
    private readonly SortedDictionary<string, CustomerChanged> changed = new(StringComparer.Ordinal);

    public void Put(CustomerChanged customer)
    {
        var key = $"{customer.CustomerId}\n{customer.Source}";
        if (!changed.TryGetValue(key, out var known) || known.Revision < customer.Revision)
        {
            changed[key] = customer;
        }
    }

    public Task LoadAsync(IReadOnlyList<object> messages, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoreAsync(CancellationToken cancellationToken)
    {
        if (changed.Count > 0)
        {
            storage.Defer(Upserting([.. changed.Values]));
        }

        return Task.CompletedTask;
    }

    private static NpgsqlBatchCommand Upserting(IReadOnlyList<CustomerChanged> customers) => new(Upsert)
    {
        Parameters =
        {
            Column.Of(customers, NpgsqlDbType.Text, customer => customer.CustomerId),
            Column.Of(customers, NpgsqlDbType.Text, customer => customer.Source),
            Column.Of(customers, NpgsqlDbType.Bigint, customer => customer.Revision),
            Column.Of(customers, NpgsqlDbType.Boolean, customer => customer.Deleted),
            Column.Of(customers, NpgsqlDbType.Text, customer => customer.Email),
            Column.Of(customers, NpgsqlDbType.Text, customer => customer.Name),
            Column.Of(customers, NpgsqlDbType.TimestampTz, customer => customer.At.UtcDateTime),
        },
    };
}
