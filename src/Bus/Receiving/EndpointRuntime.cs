using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Activities;

namespace Orders.Bus.Engine;

/// <summary>One endpoint as the engine runs it. Immutable after start-up.</summary>
internal sealed class EndpointRuntime
{
    private readonly FrozenDictionary<Type, HandlerEntry[]> handlers;
    private readonly FrozenDictionary<Type, SagaRuntime[]> sagasByMessage;

    public EndpointRuntime(EndpointConfiguration configuration, IServiceProvider services)
    {
        Name = configuration.Name;
        BatchSize = configuration.BatchSize;
        MayFallBehind = configuration.MayFallBehind;
        Participants = [.. configuration.ParticipantTypes];
        SubscribedLater = configuration.SubscribedLater;
        Recoverability = configuration.Recoverability.AddUnrecoverableException<UnreadableMessageException>().Build();
        CustomPolicy = configuration.Recoverability.Custom ?? DefaultRecoverabilityPolicy.Invoke;
        FailuresToSlowDown = configuration.Recoverability.ConsecutiveFailures;
        RateLimit = configuration.Recoverability.RateLimit;
        Activities = configuration.Activities.ToFrozenDictionary(activity => activity.RequestType);
        var sagas = configuration.Sagas.Select(definition => Prototype(definition, services)).ToList();
        Sagas = sagas.ToFrozenDictionary(saga => saga.Name, StringComparer.Ordinal);
        sagasByMessage = sagas
            .SelectMany(saga => saga.MessageTypes.Select(type => (type, saga)))
            .GroupBy(pair => pair.type, pair => pair.saga)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());
        handlers = configuration.HandlerTypes
            .SelectMany(handler => Handled(handler).Select(type => (type, Entry: new HandlerEntry(handler, Invokers.ForHandler(type)))))
            .GroupBy(pair => pair.type, pair => pair.Entry)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());
    }

    public string Name { get; }

    /// <summary>Its number in bus.endpoint, known once the process has registered.</summary>
    public short Id { get; set; }

    public int BatchSize { get; }

    public bool MayFallBehind { get; }

    public RecoverabilityConfig Recoverability { get; }

    public Func<RecoverabilityConfig, ErrorContext, RecoverabilityAction> CustomPolicy { get; }

    public int FailuresToSlowDown { get; }

    public RateLimitSettings RateLimit { get; }

    public IReadOnlyList<Type> Participants { get; }

    /// <summary>Events that nobody delivers here before <see cref="ISubscriptions"/> says so.</summary>
    public IReadOnlySet<Type> SubscribedLater { get; }

    public FrozenDictionary<string, SagaRuntime> Sagas { get; }

    public FrozenDictionary<Type, ActivityDefinition> Activities { get; }

    /// <summary>The message types that handlers or sagas take.</summary>
    public IEnumerable<Type> MessageTypes => handlers.Keys.Concat(sagasByMessage.Keys).Distinct();

    public ReadOnlySpan<HandlerEntry> HandlersOf(Type message) => handlers.GetValueOrDefault(message);

    public IReadOnlyList<SagaRuntime> SagasOf(Type message) => sagasByMessage.GetValueOrDefault(message) ?? [];

    /// <summary>The saga that a timeout is for, and its id.</summary>
    /// <exception cref="UnreadableMessageException">No saga here takes it.</exception>
    public (SagaRuntime Saga, Guid Id) OwnerOf(Type timeout, IReadOnlyDictionary<string, string> headers)
    {
        // The class's name when it was asked for. Timeouts of earlier versions carry a namespace in front of it.
        var given = headers.GetValueOrDefault(Headers.SagaType) ?? "";
        var name = given[(given.LastIndexOfAny(['.', '+']) + 1)..];
        if ((Sagas.GetValueOrDefault(name) ?? Sagas.Values.FirstOrDefault(renamed => renamed.Definition.SagaType.Name == name)) is not { } saga
            || !saga.TimeoutTypes.Contains(timeout))
        {
            throw new UnreadableMessageException(
                $"Endpoint '{Name}' has no saga '{given}' that takes the timeout {timeout.Name}. Deploy the version that has it, then retry.");
        }

        return Guid.TryParse(headers.GetValueOrDefault(Headers.SagaId), out var id)
            ? (saga, id)
            : throw new UnreadableMessageException($"The timeout of '{given}' names no instance: its header {Headers.SagaId} is no UUID. Discard it.");
    }

    private static IEnumerable<Type> Handled(Type handler) => handler.GetInterfaces()
        .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IHandleMessages<>))
        .Select(type => type.GetGenericArguments()[0]);

    private static SagaRuntime Prototype(SagaDefinition definition, IServiceProvider services)
    {
        using var scope = services.CreateScope();
        return new(definition, (Saga)scope.ServiceProvider.GetRequiredService(definition.SagaType));
    }
}

/// <summary>One handler of one message type.</summary>
internal readonly record struct HandlerEntry(Type HandlerType, Func<object, object, IMessageHandlerContext, Task> Invoke);
