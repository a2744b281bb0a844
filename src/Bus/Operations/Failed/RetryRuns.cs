using Npgsql;
using NpgsqlTypes;

namespace Orders.Bus.Engine;

/// <summary>Starts and stops retries by filter; <see cref="RetryPump"/> carries them out.</summary>
public sealed class RetryRuns
{
    public const int MaxPerSecond = 1000;

    /// <summary>A run stops itself once so many of its messages have failed again.</summary>
    public const int FailuresToStop = 10;

    private readonly NpgsqlDataSource source;

    internal RetryRuns(NpgsqlDataSource source) => this.source = source;

    /// <summary>Woken when one was started in this process.</summary>
    internal Signal Started { get; } = new();

    /// <summary>Starts one; while one with the same filter runs, that one is the answer.</summary>
    /// <param name="endpoint">Only of this endpoint; null for all.</param>
    /// <param name="type">Only of this wire name; null for all.</param>
    /// <param name="perSecond">1 to <see cref="MaxPerSecond"/>.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<RetryRun> StartAsync(string? endpoint, string? type, int perSecond, string by, CancellationToken cancellationToken)
    {
        // Between the insert and the look the other one may end: then the next insert succeeds.
        while (true)
        {
            await InsertAsync(endpoint, type, perSecond, by, cancellationToken);
            var running = await ReadAsync(
                "where state = 'running' and coalesce(endpoint, '') = coalesce($1, '') and coalesce(type, '') = coalesce($2, '')",
                cancellationToken,
                new NpgsqlParameter<string?> { TypedValue = endpoint },
                new NpgsqlParameter<string?> { TypedValue = type });
            if (running is [var run])
            {
                Started.Set();
                return run;
            }
        }
    }

    /// <returns>Null where there is none of that id.</returns>
    public async Task<RetryRun?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync("where id = $1", cancellationToken, new NpgsqlParameter { Value = id })).FirstOrDefault();

    /// <summary>Newest first; the last id is the cursor.</summary>
    public Task<List<RetryRun>> ListAsync(Guid? before, int limit, CancellationToken cancellationToken) => ReadAsync(
        "where ($1::uuid is null or id < $1) order by id desc limit $2",
        cancellationToken,
        new NpgsqlParameter { Value = before ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
        new NpgsqlParameter { Value = limit });

    /// <summary>Stops it, unless it has ended already. What it has retried stays retried.</summary>
    public async Task<RetryRun?> StopAsync(Guid id, string by, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            with stopped as (
              update bus.retry_run set state = 'stopped', ended_at = bus.now(), ended_by = $2
              where id = $1 and state = 'running' returning id, retried)
            insert into bus.audit (who, action, subject, before, after)
            select $2, 'stop', id, '{"state": "running"}', jsonb_build_object('state', 'stopped', 'retried', retried) from stopped
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = by });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return await FindAsync(id, cancellationToken);
    }

    private async Task InsertAsync(string? endpoint, string? type, int perSecond, string by, CancellationToken cancellationToken)
    {
        // Index retry_run_running: a double click starts one run.
        await using var command = source.CreateCommand(
            """
            with new as (
              insert into bus.retry_run (id, endpoint, type, per_second, max_failed_again, started_by)
              values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id)
            insert into bus.audit (who, action, subject, after)
            select $6, 'retry-all', id, jsonb_build_object('endpoint', $2::text, 'type', $3::text, 'perSecond', $4) from new
            """);
        command.Parameters.Add(new() { Value = Guid.CreateVersion7() });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = endpoint });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = type });
        command.Parameters.Add(new() { Value = perSecond });
        command.Parameters.Add(new() { Value = FailuresToStop });
        command.Parameters.Add(new() { Value = by });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<List<RetryRun>> ReadAsync(string where, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = source.CreateCommand($"select {RetryRun.Columns} from bus.retry_run {where}");
        command.Parameters.AddRange(parameters);
        var runs = new List<RetryRun>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            runs.Add(RetryRun.Read(reader));
        }

        return runs;
    }
}
