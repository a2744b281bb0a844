using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>The one way back from the error queue: to the endpoint's deliveries, or to the outbox for what never left.</summary>
internal static class Resend
{
    /// <summary>
    /// Those of $1 that are still open, as one statement with their audit rows. Two that retry the same message meet on its row:
    /// the later one finds it resolved. Uses the primary key of bus.failed. Returns the endpoints' names.
    /// </summary>
    private const string Sql =
        """
        with open as (
          update bus.failed set resolution = 'retried', resolved_at = bus.now(), resolved_by = $2, retry_run = $3
          where id = any($1) and resolution is null returning id, endpoint, lane, message, away),
        audited as (
          insert into bus.audit (who, action, subject, before, after)
          select $2, 'retry', id, '{"resolution": null}', jsonb_build_object('resolution', 'retried', 'retryRun', $3::uuid) from open order by id),
        away as (insert into bus.outgoing (message, endpoint) select message, endpoint from open where away order by id),
        here as (insert into bus.delivery (endpoint, lane, message) select endpoint, lane, message from open where not away order by id)
        select endpoint.name from open join bus.endpoint on endpoint.id = open.endpoint
        """;

    /// <returns>The endpoint of each that went back.</returns>
    public static async Task<List<string>> RunAsync(
        NpgsqlConnection connection, Guid[] failed, string by, Guid? run, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection)
        {
            Parameters = { new() { Value = failed }, new() { Value = by }, new NpgsqlParameter<Guid?> { TypedValue = run } },
        };
        var endpoints = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            endpoints.Add(reader.GetString(0));
        }

        return endpoints;
    }

    /// <summary>Wakes whoever takes them on.</summary>
    public static void Wake(this WakeUps wakeUps, IReadOnlyCollection<string> endpoints)
    {
        if (endpoints.Count > 0)
        {
            wakeUps.Sent([.. endpoints.Distinct(StringComparer.Ordinal), WakeUps.Outgoing], delayed: false);
        }
    }
}
