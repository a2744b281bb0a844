using Microsoft.Extensions.Logging;
using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>One step of one run, within a transaction that holds the run's row.</summary>
/// <param name="Due">How many its rate allows now: what has gathered since its last step, for a second at most.</param>
internal sealed record RetryStep(RetryRun Run, int Due, int FailuresToStop)
{
    /// <summary>The runs that no other process is at. Index retry_run_running.</summary>
    public static async Task<List<RetryStep>> LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"""
             select {RetryRun.Columns}, max_failed_again,
               least(floor(extract(epoch from bus.now() - paced_at) * per_second), per_second)::int
             from bus.retry_run where state = 'running' order by id for update skip locked
             """,
            connection);
        var steps = new List<RetryStep>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            steps.Add(new(RetryRun.Read(reader), reader.GetInt32(12), reader.GetInt32(11)));
        }

        return steps;
    }

    /// <returns>The endpoints that have something to handle.</returns>
    public async Task<List<string>> RunAsync(NpgsqlConnection connection, ILogger logger, CancellationToken cancellationToken)
    {
        var (failedAgain, waiting) = await LookAsync(connection, cancellationToken);
        if (failedAgain >= FailuresToStop)
        {
            logger.LogWarning("The retry by filter {Run} stops: {Count} messages failed again", Run.Id, failedAgain);
            await NoteAsync(connection, "failing", 0, failedAgain, cancellationToken);
            return [];
        }

        var room = Math.Min(Due, Window(waiting, failedAgain) - waiting - failedAgain);
        var found = room > 0 ? await FindAsync(connection, room, cancellationToken) : [];
        var endpoints = await Resend.RunAsync(connection, found, Run.StartedBy, Run.Id, cancellationToken);
        // Whether the last of them fail again has to be seen as well, before there is nothing more to do.
        var isDone = room > 0 && found.Length == 0 && waiting == 0;
        await NoteAsync(connection, isDone ? "finished" : "running", endpoints.Count, failedAgain, cancellationToken);
        return endpoints;
    }

    /// <summary>
    /// How many may be under way or have failed: as many as may fail, and one more for each that succeeded, up to a second's worth. So
    /// however fast the rate, messages that fail again are noticed before the others are taken along.
    /// </summary>
    private int Window(int waiting, int failedAgain) =>
        Math.Min(Math.Max(Run.PerSecond, FailuresToStop), FailuresToStop + Math.Max(0, Run.Retried - waiting - failedAgain));

    /// <summary>
    /// Of those it retried: how many are in the error queue again or set aside until a delayed retry, and how many were not tried
    /// yet. Indexes failed_run and failed_message.
    /// </summary>
    private async Task<(int FailedAgain, int Waiting)> LookAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select (
              select count(*) from (
                select old.endpoint, old.message from bus.failed old
                join bus.failed again on again.message = old.message and again.endpoint = old.endpoint and again.failed_at > old.resolved_at
                where old.retry_run = $1
                union
                select old.endpoint, old.message from bus.delayed
                join bus.failed old on old.message = delayed.message and old.endpoint = delayed.endpoint
                where delayed.retries > 0 and old.retry_run = $1) again),
              (select count(*) from bus.delivery
                join bus.failed old on old.message = delivery.message and old.endpoint = delivery.endpoint where old.retry_run = $1)
            """,
            connection);
        command.Parameters.Add(new() { Value = Run.Id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return ((int)reader.GetInt64(0), (int)reader.GetInt64(1));
    }

    /// <summary>What had failed when the run began, oldest first, without what somebody else is at. Index failed_open.</summary>
    private async Task<Guid[]> FindAsync(NpgsqlConnection connection, int limit, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select array(
              select f.id from bus.failed f join bus.endpoint e on e.id = f.endpoint join bus.message m on m.id = f.message
              where f.resolution is null and f.failed_at <= $1 and ($2::text is null or e.name = $2) and ($3::text is null or m.type = $3)
              order by f.failed_at, f.id limit $4 for update of f skip locked)
            """,
            connection);
        command.Parameters.Add(new() { Value = Run.StartedAt });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = Run.Endpoint });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = Run.Type });
        command.Parameters.Add(new() { Value = limit });
        return (Guid[])(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task NoteAsync(NpgsqlConnection connection, string state, int retried, int failedAgain, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            update bus.retry_run set state = $2, retried = retried + $3, failed_again = $4,
              paced_at = greatest(paced_at, bus.now() - interval '1 second') + $3 * interval '1 second' / per_second,
              ended_at = case when $2 <> 'running' then bus.now() end
            where id = $1
            """,
            connection);
        command.Parameters.Add(new() { Value = Run.Id });
        command.Parameters.Add(new() { Value = state });
        command.Parameters.Add(new() { Value = retried });
        command.Parameters.Add(new() { Value = failedAgain });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
