using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>One batch of deliveries in one transaction: load, handle, store, send. Whoever made it commits.</summary>
internal sealed class Batch(
    EndpointRuntime endpoint, IServiceProvider scope, BatchStorage storage, MessageRegistry registry, Outbox outbox, HistoryLog history, TimeProvider clock)
{
    private readonly SagaStore sagas = new(endpoint.Sagas);
    private readonly List<Work> work = [];
    private IBatchParticipant[] participants = [];

    /// <summary>Reads the messages, then what their handlers will need: sagas in one round trip, then each participant's.</summary>
    /// <exception cref="UnreadableMessageException">A message cannot be read.</exception>
    public async Task LoadAsync(IReadOnlyList<Taken> taken, CancellationToken cancellationToken)
    {
        foreach (var (_, incoming) in taken)
        {
            var message = registry.Read(incoming.Type, incoming.Version, incoming.Body);
            work.Add(new(incoming, message, SagasOf(incoming, message)));
        }

        await sagas.LoadAsync(work.SelectMany(item => item.Sagas.Select(saga => saga.Id)), storage.Connection, cancellationToken);
        participants = [.. endpoint.Participants.Select(type => (IBatchParticipant)scope.GetRequiredService(type))];
        var messages = work.ConvertAll(item => item.Message);
        foreach (var participant in participants)
        {
            await participant.LoadAsync(messages, cancellationToken);
        }
    }

    public async Task HandleAsync(CancellationToken cancellationToken)
    {
        foreach (var item in work)
        {
            using var span = BusTelemetry.StartHandling(endpoint.Name, item.Incoming);
            var context = new HandlerContext(endpoint, new(item.Incoming, item.Message), storage, outbox, clock, cancellationToken);
            if (endpoint.Activities.ContainsKey(item.Message.GetType()))
            {
                // Sent by another process, delayed or retried by hand: it is work for the executor.
                outbox.Request(endpoint.Name, item.Incoming, item.Message);
                continue;
            }

            await HandleSagasAsync(item, context);
            await HandleHandlersAsync(item, context);
        }
    }

    /// <summary>Participants write; then one round trip writes what they deferred, messages, deliveries and sagas, and deletes what was handled.</summary>
    public async Task StoreAsync(IReadOnlyList<Taken> taken, OutboxWriter writer, CancellationToken cancellationToken)
    {
        foreach (var participant in participants)
        {
            await participant.StoreAsync(cancellationToken);
        }

        await using var batch = new NpgsqlBatch(storage.Connection);
        foreach (var write in storage.TakeDeferred())
        {
            batch.BatchCommands.Add(write);
        }

        var delete = DeliveryQueue.Delete(taken);
        batch.BatchCommands.Add(delete);
        await writer.AddToAsync(batch, outbox, cancellationToken);
        // After the outbox: a saga that ended in this batch takes the timeouts with it that it asked for in this batch.
        var changes = sagas.AddChanges(batch);
        history.AddTo(batch);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        changes.Check();
        if (delete.RecordsAffected != taken.Count)
        {
            throw new InvalidOperationException(
                $"{taken.Count} deliveries were handled but {delete.RecordsAffected} were there to delete. Nothing is committed; they are handled again.");
        }
    }

    private async Task HandleSagasAsync(Work item, HandlerContext context)
    {
        foreach (var (saga, id, correlation) in item.Sagas)
        {
            if (context.Stopped)
            {
                return;
            }

            var isTimeout = correlation is null;
            var instance = sagas.Find(id);
            if (instance is null && !isTimeout && saga.StartedBy(item.Message.GetType()))
            {
                instance = sagas.Start(id, saga, correlation!, Originator(item.Incoming), context.MessageId);
            }

            if (instance is { Forgotten: false, Completed: false })
            {
                var (step, said) = (new StepClock(clock.GetUtcNow()), outbox.Messages.Count);
                await saga.InvokeAsync(scope, instance, item.Message, isTimeout, step, context);
                history.Note(instance, item.Incoming.Id, isTimeout, step.At, outbox.Messages.Skip(said));
            }
            else if (instance is not null)
            {
                history.NoteSwallowed(instance, item.Incoming.Id, isTimeout, new StepClock(clock.GetUtcNow()).At);
            }
        }
    }

    private async Task HandleHandlersAsync(Work item, HandlerContext context)
    {
        if (item.IsTimeout)
        {
            return;
        }

        var handlers = endpoint.HandlersOf(item.Message.GetType()).ToArray();
        if (handlers.Length == 0 && item.Sagas.Count == 0)
        {
            throw new UnreadableMessageException(
                $"Endpoint '{endpoint.Name}' has no handler for '{item.Incoming.Type}'. Register one, or send the message elsewhere, then retry.");
        }

        foreach (var handler in handlers)
        {
            if (context.Stopped)
            {
                return;
            }

            await handler.Invoke(scope.GetRequiredService(handler.HandlerType), item.Message, context);
        }
    }

    private List<SagaTarget> SagasOf(IncomingMessage incoming, object message)
    {
        if (incoming.CustomHeaders is not null && incoming.Headers.ContainsKey(Headers.IsSagaTimeoutMessage))
        {
            var (owner, id) = endpoint.OwnerOf(message.GetType(), incoming.Headers);
            return [new(owner, id, null)];
        }

        var targets = new List<SagaTarget>();
        foreach (var saga in endpoint.SagasOf(message.GetType()))
        {
            var correlation = saga.CorrelationOf(message, incoming.CustomHeaders is null ? Empty : incoming.Headers);
            targets.Add(new(saga, SagaId.Of(saga.Definition.Identity, correlation), correlation));
        }

        return targets;
    }

    private static string? Originator(IncomingMessage incoming) => incoming.ReplyTo ?? incoming.Sender;

    private static readonly Dictionary<string, string> Empty = [];

    private sealed record Work(IncomingMessage Incoming, object Message, List<SagaTarget> Sagas)
    {
        public bool IsTimeout => Incoming.CustomHeaders is not null && Incoming.Headers.ContainsKey(Headers.IsSagaTimeoutMessage);
    }

    private readonly record struct SagaTarget(SagaRuntime Saga, Guid Id, object? Correlation);
}
