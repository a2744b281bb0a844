using Npgsql;
using Orders.Bus.Storage;

namespace Orders.Webhooks.Crm.Reconciling;

/// <summary>How far a source is reconciled, and how often it was forgotten how far.</summary>
internal sealed record Watermark(DateTimeOffset? Until, long Resyncs);

/// <summary>The statements of <c>webhooks.crm_watermark</c>.</summary>
internal static class WatermarkTable
{
    private const string Read = "SELECT read_until, resyncs FROM webhooks.crm_watermark WHERE source = $1";

    private const string Advance =
        """
        INSERT INTO webhooks.crm_watermark AS w (source, read_until, resyncs) VALUES ($1, $2, $3)
        ON CONFLICT (source) DO UPDATE SET read_until = greatest(w.read_until, excluded.read_until)
        WHERE w.resyncs = excluded.resyncs
        """;

    private const string Forget =
        """
        INSERT INTO webhooks.crm_watermark AS w (source, resyncs) VALUES ($1, 1)
        ON CONFLICT (source) DO UPDATE SET read_until = NULL, resyncs = w.resyncs + 1
        """;

    public static async Task<Watermark> ReadAsync(NpgsqlDataSource database, string source, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Read);
        command.Parameters.Add(new() { Value = source });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(reader.IsDBNull(0) ? null : reader.GetFieldValue<DateTimeOffset>(0), reader.GetInt64(1))
            : new(null, 0);
    }

    /// <summary>Reconciled until then; without effect where everything may have changed since <paramref name="began"/> was read.</summary>
    public static async Task AdvanceAsync(NpgsqlDataSource database, string source, DateTimeOffset until, Watermark began, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Advance);
        command.Parameters.Add(new() { Value = source });
        command.Parameters.Add(new() { Value = until.UtcDateTime });
        command.Parameters.Add(new() { Value = began.Resyncs });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Everything may have changed: the next run reads all of it. With the transaction's commit.</summary>
    public static void Forgetting(BatchStorage storage, string source) =>
        storage.Defer(new(Forget) { Parameters = { new() { Value = source } } });
}
