using Npgsql;
using Orders.Bus.Storage;

namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>
/// Asks for attempts of endpoints' heads that are due, as many as may be under way, and to be woken for the next: once a batch,
/// after the last of its messages, for all of its endpoints in one round trip. Scoped; not thread-safe.
/// </summary>
internal sealed class QueueDrain(DeliveryBook book, BatchStorage storage) : IBatchParticipant
{
    private readonly HashSet<Guid> wanted = [];
    private readonly HashSet<Guid> awoken = [];
    private int left;

    public Task LoadAsync(IReadOnlyList<object> messages, CancellationToken cancellationToken)
    {
        left = messages.Count(message => message is DrainEndpoint or DeliveryAttempted);
        return Task.CompletedTask;
    }

    /// <summary>
    /// The message that was to come has come: none is on its way any more. Without this a clock that is set back would take it for
    /// one that is still to come.
    /// </summary>
    public void Awoken(QueuedEndpoint endpoint)
    {
        book.Wakes(endpoint, null);
        awoken.Add(endpoint.Id);
    }

    /// <summary>To be called at the end of each message that may have brought work for the endpoint, and has locked it.</summary>
    public async Task AfterAsync(Guid endpoint, IMessageHandlerContext context)
    {
        wanted.Add(endpoint);
        if (--left > 0)
        {
            return;
        }

        var endpoints = wanted.Select(book.Locked).OfType<QueuedEndpoint>().Where(one => one.Health.Enabled).ToList();
        wanted.Clear();
        var (taken, next) = await TakeAsync(endpoints, context.CancellationToken);
        foreach (var attempt in taken)
        {
            await context.SendLocal(attempt);
        }

        var waking = awoken.ToDictionary(id => id, _ => (DateTimeOffset?)null);
        awoken.Clear();
        foreach (var endpointNow in endpoints)
        {
            var (nextDue, more) = next[endpointNow.Id];
            if (more)
            {
                await context.SendLocal(new DrainEndpoint(endpointNow.Id));
            }

            if (Waking.At(nextDue, endpointNow) is { } at)
            {
                await WakeAsync(endpointNow, at, context);
                waking[endpointNow.Id] = at;
            }
        }

        if (waking.Count > 0)
        {
            storage.Defer(DeliveryWrites.WakeAt([.. waking]));
        }
    }

    public Task StoreAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Writes what attempts led to, and takes what is due then.</summary>
    private async Task<(List<AttemptDelivery> Taken, Dictionary<Guid, (DateTimeOffset? NextDue, bool More)> Next)> TakeAsync(
        List<QueuedEndpoint> endpoints, CancellationToken cancellationToken)
    {
        var (taken, next) = (new List<AttemptDelivery>(), new Dictionary<Guid, (DateTimeOffset?, bool)>());
        await using var batch = new NpgsqlBatch(storage.Connection, storage.Transaction);
        foreach (var write in book.TakeWrites().Concat(endpoints.Count > 0 ? DeliveryWrites.Drain(endpoints) : []))
        {
            batch.BatchCommands.Add(write);
        }

        if (batch.BatchCommands.Count == 0)
        {
            return (taken, next);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            taken.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetInt32(2)));
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            next.Add(reader.GetGuid(0), (reader.TimeAt(1), reader.GetBoolean(2)));
        }

        return (taken, next);
    }

    private async Task WakeAsync(QueuedEndpoint endpoint, DateTimeOffset at, IMessageHandlerContext context)
    {
        var options = new SendOptions();
        options.RouteToThisEndpoint();
        options.DoNotDeliverBefore(at);
        await context.Send(new DrainEndpoint(endpoint.Id, at), options);
        book.Wakes(endpoint, at);
    }
}
