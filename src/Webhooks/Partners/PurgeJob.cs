using Npgsql;
using Orders.Bus.Storage;
using Orders.Webhooks.Partners.Deliveries;
using Quartz;

namespace Orders.Webhooks.Partners;

/// <summary>
/// Forgets deliveries, also those that still wait, ninety days after they were last asked for, and events of that age that nobody
/// is to get any more: without its event a delivery could never be sent.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class PurgeJob(ITransactions transactions) : IJob
{
    public const string Name = "webhooks.purge";

    public const string Daily = "0 10 4 * * ?";

    // In pieces, so that no transaction is long; whoever moves a queue has locked its endpoint. By delivery_age.
    private const string Lock =
        """
        WITH old AS (SELECT DISTINCT endpoint FROM (
            SELECT endpoint FROM webhooks.delivery WHERE created_at < (SELECT bus.now()) - interval '90 days' AND state <> 'sending' LIMIT 5000) AS piece)
        SELECT id FROM webhooks.endpoint WHERE id IN (SELECT endpoint FROM old) ORDER BY id FOR NO KEY UPDATE
        """;

    private const string Deliveries =
        """
        DELETE FROM webhooks.delivery WHERE id IN (
            SELECT d.id FROM webhooks.delivery AS d
            WHERE d.created_at < (SELECT bus.now()) - interval '90 days'
              AND ((d.endpoint = ANY ($1) AND d.state <> 'sending') OR NOT EXISTS (SELECT FROM webhooks.endpoint AS e WHERE e.id = d.endpoint))
            LIMIT 5000)
        """;

    // Who waited behind one that is forgotten is the head now. By delivery_line.
    private const string Promote =
        """
        UPDATE webhooks.delivery AS d
        SET state = 'due', due_at = bus.now()
        FROM (
            SELECT DISTINCT ON (endpoint, key) id FROM webhooks.delivery
            WHERE endpoint = ANY ($1) AND state IN ('behind', 'due', 'sending')
            ORDER BY endpoint, key, position) AS head
        WHERE d.id = head.id AND d.state = 'behind'
        RETURNING d.endpoint
        """;

    // By event_at; an event's deliveries are found by their ids, which are made from it and the endpoint.
    private const string Events =
        """
        DELETE FROM webhooks.event WHERE number IN (
            SELECT number FROM webhooks.event
            WHERE at < (SELECT bus.now()) - interval '90 days' AND NOT EXISTS (
                SELECT FROM webhooks.endpoint AS e JOIN webhooks.delivery AS d ON d.id = md5(e.id::text || event.id::text)::uuid)
            LIMIT 5000)
        """;

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        while (await transactions.RunAsync(WebhooksModule.Name, transaction => DeliveriesAsync(transaction, cancellationToken), cancellationToken) > 0)
        {
            // There may be more.
        }

        while (await transactions.RunAsync(WebhooksModule.Name, transaction => ExecuteAsync(transaction, Events, cancellationToken), cancellationToken) > 0)
        {
            // Likewise.
        }
    }

    private static async Task<int> DeliveriesAsync(ITransaction transaction, CancellationToken cancellationToken)
    {
        var endpoints = await IdsAsync(transaction, Lock, [], cancellationToken);
        var forgotten = await ExecuteAsync(transaction, Deliveries, cancellationToken, endpoints);
        foreach (var endpoint in (await IdsAsync(transaction, Promote, endpoints, cancellationToken)).Distinct())
        {
            await transaction.SendLocal(new DrainEndpoint(endpoint));
        }

        return forgotten;
    }

    private static async Task<Guid[]> IdsAsync(ITransaction transaction, string sql, Guid[] of, CancellationToken cancellationToken)
    {
        await using var command = Command(transaction, sql, of);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetGuid(0));
        }

        return [.. ids];
    }

    private static async Task<int> ExecuteAsync(ITransaction transaction, string sql, CancellationToken cancellationToken, params Guid[] of)
    {
        await using var command = Command(transaction, sql, of);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(ITransaction transaction, string sql, Guid[] of)
    {
        var command = new NpgsqlCommand(sql, transaction.Connection, transaction.Transaction);
        if (sql.Contains("$1", StringComparison.Ordinal))
        {
            command.Parameters.Add(new() { Value = of });
        }

        return command;
    }
}
