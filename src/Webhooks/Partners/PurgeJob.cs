using Npgsql;
using Quartz;

namespace Orders.Webhooks.Partners;

/// <summary>
/// Forgets deliveries, also those that still wait, ninety days after they were last asked for, and events of that age that nobody
/// is to get any more: without its event a delivery could never be sent.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class PurgeJob(NpgsqlDataSource database) : IJob
{
    public const string Name = "webhooks.purge";

    public const string Daily = "0 10 4 * * ?";

    // In pieces, so that no transaction is long. By delivery_age and event_at; an event's deliveries are found by their ids, which are
    // made from it and the endpoint.
    private static readonly string[] Purges =
    [
        "DELETE FROM webhooks.delivery WHERE id IN (SELECT id FROM webhooks.delivery WHERE created_at < (SELECT bus.now()) - interval '90 days' LIMIT 5000)",
        """
        DELETE FROM webhooks.event WHERE number IN (
            SELECT number FROM webhooks.event
            WHERE at < (SELECT bus.now()) - interval '90 days' AND NOT EXISTS (
                SELECT FROM webhooks.endpoint AS e JOIN webhooks.delivery AS d ON d.id = md5(e.id::text || event.id::text)::uuid)
            LIMIT 5000)
        """,
    ];

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        foreach (var purge in Purges)
        {
            await RunAsync(purge, cancellationToken);
        }
    }

    private async Task RunAsync(string purge, CancellationToken cancellationToken)
    {
        int deleted;
        do
        {
            await using var command = database.CreateCommand(purge);
            deleted = await command.ExecuteNonQueryAsync(cancellationToken);
        }
        while (deleted > 0);
    }
}
