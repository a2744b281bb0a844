using Npgsql;
using Quartz;

namespace Orders.Webhooks.Partners;

/// <summary>Forgets events and deliveries, also those that still wait, once they are ninety days old.</summary>
[DisallowConcurrentExecution]
internal sealed class PurgeJob(NpgsqlDataSource database) : IJob
{
    public const string Name = "webhooks.purge";

    public const string Daily = "0 10 4 * * ?";

    // In pieces, so that no transaction is long. By delivery_age and event_at.
    private static readonly string[] Purges =
    [
        "DELETE FROM webhooks.delivery WHERE id IN (SELECT id FROM webhooks.delivery WHERE created_at < (SELECT bus.now()) - interval '90 days' LIMIT 5000)",
        "DELETE FROM webhooks.event WHERE number IN (SELECT number FROM webhooks.event WHERE at < (SELECT bus.now()) - interval '90 days' LIMIT 5000)",
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
