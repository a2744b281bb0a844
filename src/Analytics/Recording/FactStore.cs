using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;

namespace Orders.Analytics.Recording;

/// <summary>
/// Writes facts, and what they add to the counts: two round trips and five statements, whatever the batch's size. A fact that
/// is known already adds nothing, so any order of arrival and any repetition end in the same counts.
/// </summary>
/// <param name="connection">Inside <paramref name="transaction"/>.</param>
/// <param name="transaction">What commits the facts together with their counts.</param>
/// <param name="tables">The tables to write: the live ones, or those that a rebuild fills.</param>
internal sealed class FactStore(NpgsqlConnection connection, NpgsqlTransaction? transaction, FactTables tables)
{
    public async Task AddAsync(FactBatch facts, CancellationToken cancellationToken)
    {
        if (!facts.IsEmpty)
        {
            await CountAsync(await NewAsync(facts.Orders, facts.Ends, cancellationToken), cancellationToken);
        }
    }

    private async Task<Tally> NewAsync(
        IReadOnlyDictionary<Guid, OrderFact> placed, IReadOnlyDictionary<Guid, Outcome> ended, CancellationToken cancellationToken)
    {
        // Sorted by order: another process may be writing the same orders after a lane changed hands.
        OrderFact[] orders = [.. placed.Values.OrderBy(order => order.OrderId)];
        KeyValuePair<Guid, Outcome>[] ends = [.. ended.OrderBy(end => end.Key)];
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(new(tables.AddPlaced)
        {
            Parameters =
            {
                Column.Of(orders, NpgsqlDbType.Uuid, order => order.OrderId),
                Column.Of(orders, NpgsqlDbType.TimestampTz, order => order.PlacedAt.UtcDateTime),
                Column.Of(orders, NpgsqlDbType.Text, order => order.Currency),
                Column.Of(orders, NpgsqlDbType.Bigint, order => order.TotalMinor),
                Column.Of(orders, NpgsqlDbType.Text, order => JsonSerializer.Serialize(order.Lines, FactsJson.Default.IReadOnlyListFactLine)),
            },
        });
        batch.BatchCommands.Add(new(tables.AddEnded)
        {
            Parameters =
            {
                Column.Of(ends, NpgsqlDbType.Uuid, end => end.Key),
                Column.Of(ends, NpgsqlDbType.Text, end => end.Value.Stored()),
            },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return await TallyAsync(reader, placed, cancellationToken);
    }

    // First the orders that are new, with an end where that was known before; then the ends that are new, with their order
    // where that is known. So each end of a known order is seen exactly once.
    private static async Task<Tally> TallyAsync(
        NpgsqlDataReader reader, IReadOnlyDictionary<Guid, OrderFact> placed, CancellationToken cancellationToken)
    {
        var tally = new Tally();
        while (await reader.ReadAsync(cancellationToken))
        {
            var order = placed[reader.GetGuid(0)];
            tally.Add(order);
            if (!await reader.IsDBNullAsync(1, cancellationToken))
            {
                tally.Add(new EndedOrder(OutcomeNames.Read(reader.GetString(1)), order.PlacedAt, order.Currency));
            }
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (!await reader.IsDBNullAsync(1, cancellationToken))
            {
                tally.Add(new EndedOrder(
                    OutcomeNames.Read(reader.GetString(0)), reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2)));
            }
        }

        return tally;
    }

    private async Task CountAsync(Tally tally, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        if (tally.Sales.Count > 0)
        {
            batch.BatchCommands.Add(Sales([.. tally.Sales]));
        }

        if (tally.Items.Count > 0)
        {
            batch.BatchCommands.Add(Items([.. tally.Items]));
        }

        if (tally.Pairs() is { Length: > 0 } pairs)
        {
            batch.BatchCommands.Add(Pairs(pairs));
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private NpgsqlBatchCommand Sales(KeyValuePair<(DateTimeOffset Hour, string Currency), SalesCount>[] rows) => new(tables.AddSales)
    {
        Parameters =
        {
            Column.Of(rows, NpgsqlDbType.TimestampTz, row => row.Key.Hour.UtcDateTime),
            Column.Of(rows, NpgsqlDbType.Text, row => row.Key.Currency),
            Column.Of(rows, NpgsqlDbType.Bigint, row => row.Value.Orders),
            Column.Of(rows, NpgsqlDbType.Bigint, row => row.Value.Units),
            Column.Of(rows, NpgsqlDbType.Bigint, row => row.Value.RevenueMinor),
            Column.Of(rows, NpgsqlDbType.Bigint, row => row.Value.Completed),
            Column.Of(rows, NpgsqlDbType.Bigint, row => row.Value.Rejected),
            Column.Of(rows, NpgsqlDbType.Bigint, row => row.Value.Cancelled),
        },
    };

    private NpgsqlBatchCommand Items(KeyValuePair<(string Sku, string Currency), ItemCount>[] rows) => new(tables.AddItems)
    {
        Parameters =
        {
            Column.Of(rows, NpgsqlDbType.Text, row => row.Key.Sku),
            Column.Of(rows, NpgsqlDbType.Text, row => row.Key.Currency),
            Column.Of(rows, NpgsqlDbType.Text, row => row.Value.Name),
            Column.Of(rows, NpgsqlDbType.TimestampTz, row => row.Value.NamedAt.UtcDateTime),
            Column.Of(rows, NpgsqlDbType.Bigint, row => row.Value.Orders),
            Column.Of(rows, NpgsqlDbType.Bigint, row => row.Value.Units),
            Column.Of(rows, NpgsqlDbType.Bigint, row => row.Value.RevenueMinor),
        },
    };

    private NpgsqlBatchCommand Pairs(KeyValuePair<(string A, string B), long>[] rows) => new(tables.AddPairs)
    {
        Parameters =
        {
            Column.Of(rows, NpgsqlDbType.Text, row => row.Key.A),
            Column.Of(rows, NpgsqlDbType.Text, row => row.Key.B),
            Column.Of(rows, NpgsqlDbType.Bigint, row => row.Value),
        },
    };
}
