using Npgsql;
using Orders.Bus.Storage;
using Orders.Contracts;

namespace Orders.Inventory.Expiring;

/// <summary>Announces, once each, the holds whose time is over. The units stay held until the order process releases them.</summary>
internal sealed class ExpiredHolds(ITransactions transactions, TimeProvider clock)
{
    public const int AtMost = 200;

    // Reads hold_to_expire. Rows that another process announces, or a handler changes, at this moment are left to it.
    private const string Announce =
        """
        UPDATE inventory.hold AS h
        SET announced = true
        FROM (
            SELECT order_id
            FROM inventory.hold
            WHERE state = 'held' AND NOT announced AND expires_at <= $1
            ORDER BY expires_at
            LIMIT $2
            FOR UPDATE SKIP LOCKED) AS due
        WHERE h.order_id = due.order_id
        RETURNING h.order_id
        """;

    /// <summary>Announces up to <see cref="AtMost"/> holds; returns how many.</summary>
    public Task<int> AnnounceAsync(CancellationToken cancellationToken) => transactions.RunAsync(
        Endpoints.Inventory,
        async transaction =>
        {
            var now = clock.GetUtcNow();
            var orderIds = await MarkAsync(transaction, now, cancellationToken);
            foreach (var orderId in orderIds)
            {
                await transaction.Publish(new HoldExpired(orderId, now));
            }

            return orderIds.Count;
        },
        cancellationToken);

    private static async Task<List<Guid>> MarkAsync(ITransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Announce, transaction.Connection, transaction.Transaction)
        {
            Parameters = { new() { Value = now.UtcDateTime }, new() { Value = AtMost } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var orderIds = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            orderIds.Add(reader.GetGuid(0));
        }

        return orderIds;
    }
}
