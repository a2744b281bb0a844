using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;

namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>Puts a piece of the past into the endpoint's queue, and asks itself for the next piece.</summary>
internal sealed class ReplayHandler(DeliveryBook book, BatchStorage storage) : IHandleMessages<ReplayEvents>
{
    public async Task Handle(ReplayEvents message, IMessageHandlerContext context)
    {
        await book.FlushAsync(context.CancellationToken);
        await using var command = new NpgsqlCommand(QueueSql.Replay, storage.Connection, storage.Transaction)
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
