using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;

namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>Puts a piece of the past into the endpoint's queue, and asks itself for the next piece.</summary>
internal sealed class ReplayHandler(DeliveryBook book, BatchStorage storage) : IHandleMessages<ReplayEvents>
{
    /// <summary>
    /// A piece of the past once more, in its order and under its old ids; what is under way already stays as it is. By <c>event_at</c>.
    /// </summary>
    private const string Replay =
        """
        WITH past AS MATERIALIZED (
            SELECT v.at, v.number, v.id, v.type, v.key
            FROM webhooks.event AS v JOIN webhooks.endpoint AS e ON e.id = $1 AND v.type = ANY (e.events)
            WHERE (v.at, v.number) > ($2, $3) AND v.at >= $2 AND v.at < $4
            ORDER BY v.at, v.number
            LIMIT 500),
        again AS (
            INSERT INTO webhooks.delivery AS d (id, endpoint, event, type, key, created_at)
            SELECT md5($1::text || id::text)::uuid, $1, id, type, key, bus.now()
            FROM past
            ORDER BY at, number
            ON CONFLICT (id) DO UPDATE SET state = 'new', position = excluded.position, created_at = excluded.created_at, attempts = 0, due_at = NULL, ended_at = NULL
            WHERE d.state IN ('succeeded', 'failed'))
        SELECT at, number FROM past ORDER BY at DESC, number DESC LIMIT 1
        """;

    public async Task Handle(ReplayEvents message, IMessageHandlerContext context)
    {
        await book.FlushAsync(context.CancellationToken);
        await using var command = new NpgsqlCommand(Replay, storage.Connection, storage.Transaction)
        {
            Parameters =
            {
                new() { Value = message.EndpointId },
                new() { Value = message.From.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new() { Value = message.AfterNumber },
                new() { Value = message.To.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(context.CancellationToken);
        if (await reader.ReadAsync(context.CancellationToken))
        {
            await context.SendLocal(new DrainEndpoint(message.EndpointId));
            await context.SendLocal(message with { From = reader.TimeAt(0)!.Value, AfterNumber = reader.GetInt64(1) });
        }
    }
}
