using Npgsql;
using Orders.Bus.Storage;

namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>Asks for attempts of an endpoint's heads that are due, as many as may be under way, and to be woken for the next.</summary>
internal sealed class DrainHandler(DeliveryBook book, BatchStorage storage) : IHandleMessages<DrainEndpoint>
{
    public async Task Handle(DrainEndpoint message, IMessageHandlerContext context)
    {
        if (await book.EndpointAsync(message.EndpointId, context.CancellationToken) is not { Health.Enabled: true } endpoint)
        {
            return;
        }

        await book.FlushAsync(context.CancellationToken);
        var (taken, nextDue, more) = await TakeAsync(endpoint, context.CancellationToken);
        foreach (var (delivery, attempt) in taken)
        {
            await context.SendLocal(new AttemptDelivery(endpoint.Id, delivery, attempt));
        }

        if (more)
        {
            await context.SendLocal(message);
        }

        if (Waking.At(nextDue, endpoint) is { } at)
        {
            await WakeAsync(endpoint, at, context);
        }
    }

    private async Task<(List<(Guid Delivery, int Attempt)> Taken, DateTimeOffset? NextDue, bool More)> TakeAsync(
        QueuedEndpoint endpoint, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(storage.Connection, storage.Transaction)
        {
            BatchCommands =
            {
                new(QueueSql.Admit) { Parameters = { new() { Value = endpoint.Id } } },
                new(QueueSql.Take) { Parameters = { new() { Value = endpoint.Id }, new() { Value = (long)endpoint.Health.Allowance(endpoint.Now) } } },
                new(QueueSql.Next) { Parameters = { new() { Value = endpoint.Id } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var taken = new List<(Guid, int)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            taken.Add((reader.GetGuid(0), reader.GetInt32(1)));
        }

        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (taken, reader.TimeAt(0), reader.GetBoolean(1));
    }

    private async Task WakeAsync(QueuedEndpoint endpoint, DateTimeOffset at, IMessageHandlerContext context)
    {
        var options = new SendOptions();
        options.RouteToThisEndpoint();
        options.DoNotDeliverBefore(at);
        await context.Send(new DrainEndpoint(endpoint.Id), options);
        await using var command = new NpgsqlCommand(QueueSql.WakeAt, storage.Connection, storage.Transaction)
        {
            Parameters = { new() { Value = endpoint.Id }, new() { Value = at.UtcDateTime } },
        };
        await command.ExecuteNonQueryAsync(context.CancellationToken);
        book.Woken(endpoint, at);
    }
}
