using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

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
                Column(NpgsqlDbType.Uuid, orders, order => order.OrderId),
                Column(NpgsqlDbType.TimestampTz, orders, order => order.PlacedAt.UtcDateTime),
                Column(NpgsqlDbType.Text, orders, order => order.Currency),
                Column(NpgsqlDbType.Bigint, orders, order => order.TotalMinor),
                Column(NpgsqlDbType.Text, orders, order => JsonSerializer.Serialize(order.Lines, FactsJson.Default.IReadOnlyListFactLine)),
            },
        });
        batch.BatchCommands.Add(new(tables.AddEnded)
        {
            Parameters =
            {
                Column(NpgsqlDbType.Uuid, ends, end => end.Key),
                Column(NpgsqlDbType.Text, ends, end => end.Value.Stored()),
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
            Column(NpgsqlDbType.TimestampTz, rows, row => row.Key.Hour.UtcDateTime),
            Column(NpgsqlDbType.Text, rows, row => row.Key.Currency),
            Column(NpgsqlDbType.Bigint, rows, row => row.Value.Orders),
            Column(NpgsqlDbType.Bigint, rows, row => row.Value.Units),
            Column(NpgsqlDbType.Bigint, rows, row => row.Value.RevenueMinor),
            Column(NpgsqlDbType.Bigint, rows, row => row.Value.Completed),
            Column(NpgsqlDbType.Bigint, rows, row => row.Value.Rejected),
            Column(NpgsqlDbType.Bigint, rows, row => row.Value.Cancelled),
        },
    };

    private NpgsqlBatchCommand Items(KeyValuePair<(string Sku, string Currency), ItemCount>[] rows) => new(tables.AddItems)
    {
        Parameters =
        {
            Column(NpgsqlDbType.Text, rows, row => row.Key.Sku),
            Column(NpgsqlDbType.Text, rows, row => row.Key.Currency),
            Column(NpgsqlDbType.Text, rows, row => row.Value.Name),
            Column(NpgsqlDbType.TimestampTz, rows, row => row.Value.NamedAt.UtcDateTime),
            Column(NpgsqlDbType.Bigint, rows, row => row.Value.Orders),
            Column(NpgsqlDbType.Bigint, rows, row => row.Value.Units),
            Column(NpgsqlDbType.Bigint, rows, row => row.Value.RevenueMinor),
        },
    };

    private NpgsqlBatchCommand Pairs(KeyValuePair<(string A, string B), long>[] rows) => new(tables.AddPairs)
    {
        Parameters =
        {
            Column(NpgsqlDbType.Text, rows, row => row.Key.A),
            Column(NpgsqlDbType.Text, rows, row => row.Key.B),
            Column(NpgsqlDbType.Bigint, rows, row => row.Value),
        },
    };

    private static NpgsqlParameter<TValue[]> Column<TRow, TValue>(NpgsqlDbType type, TRow[] rows, Func<TRow, TValue> read) =>
        new() { TypedValue = Array.ConvertAll(rows, row => read(row)), NpgsqlDbType = NpgsqlDbType.Array | type };
}
