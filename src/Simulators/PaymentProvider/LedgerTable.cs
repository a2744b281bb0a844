using Npgsql;
using NpgsqlTypes;
using Orders.Contracts;
using Orders.Simulators.Ownership;

namespace Orders.Simulators.PaymentProvider;

/// <summary>The ledger's rows in <c>sim.psp_operation</c>.</summary>
internal static class LedgerTable
{
    // Repeated after a lost answer it changes nothing. Where another process has used these sequences meanwhile, it fails as a whole.
    private const string Insert = """
        insert into sim.psp_operation
            (sequence, at, operation, reference, idempotency_key, card_token, amount_minor, currency, outcome, code)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (idempotency_key) do nothing
        """;

    private const string SelectAll = """
        select sequence, at, operation, reference, idempotency_key, card_token, amount_minor, currency, outcome, code
        from sim.psp_operation
        order by sequence
        """;

    public static async Task InsertAsync(NpgsqlConnection connection, IReadOnlyList<LedgerEntry> rows, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Insert, connection);
        Add(NpgsqlDbType.Bigint, rows.Select(row => row.Sequence));
        Add(NpgsqlDbType.TimestampTz, rows.Select(row => row.At.UtcDateTime));
        Add(NpgsqlDbType.Text, rows.Select(row => LedgerWords.Of(row.Operation)));
        Add(NpgsqlDbType.Text, rows.Select(row => row.Reference));
        Add(NpgsqlDbType.Text, rows.Select(row => row.IdempotencyKey));
        Add(NpgsqlDbType.Text, rows.Select(row => row.CardToken));
        Add(NpgsqlDbType.Bigint, rows.Select(row => row.Amount.Minor));
        Add(NpgsqlDbType.Text, rows.Select(row => row.Amount.Currency));
        Add(NpgsqlDbType.Text, rows.Select(row => LedgerWords.Of(row.Outcome)));
        Add(NpgsqlDbType.Text, rows.Select(row => row.Code));
        try
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException taken) when (taken is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "psp_operation_pkey" })
        {
            throw new SimulatorAwayException("Another process has taken the ledger over. Ask again with the same key.");
        }

        void Add<T>(NpgsqlDbType type, IEnumerable<T> values) =>
            command.Parameters.Add(new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    public static async Task<IReadOnlyList<LedgerEntry>> ReadAllAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        var entries = new List<LedgerEntry>();
        await using var command = dataSource.CreateCommand(SelectAll);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            entries.Add(new(
                reader.GetInt64(0),
                new(reader.GetDateTime(1)),
                Enum.Parse<OperationKind>(reader.GetString(2), ignoreCase: true),
                reader.GetString(3),
                reader.GetString(4),
                reader.GetString(5),
                new Money(reader.GetInt64(6), reader.GetString(7)),
                Enum.Parse<OperationOutcome>(reader.GetString(8), ignoreCase: true),
                await reader.IsDBNullAsync(9, cancellationToken) ? null : reader.GetString(9)));
        }

        return entries;
    }
}
