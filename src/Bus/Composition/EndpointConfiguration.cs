using System.Text.Json.Serialization.Metadata;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Activities;
using Orders.Bus.Composition;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>Says what one endpoint handles and with what. Everything is named; nothing is found by scanning.</summary>
public sealed class EndpointConfiguration
{
    internal EndpointConfiguration(string name, IServiceCollection services) => (Name, Services) = (name, services);

    public string Name { get; }

    /// <summary>Retries of this endpoint.</summary>
    public RecoverabilitySettings Recoverability { get; } = new();

    /// <summary>Deliveries that one transaction takes at most. Default 300.</summary>
    public int BatchSize { get; set; } = 300;

    /// <summary>Nobody waits for what this endpoint does: what waits for it does not hold back new work. Default false.</summary>
    public bool MayFallBehind { get; set; }

    internal IServiceCollection Services { get; }

    internal List<MessageContract> Contracts { get; } = [];

    internal List<Type> HandlerTypes { get; } = [];

    internal List<SagaDefinition> Sagas { get; } = [];

    internal List<ActivityDefinition> Activities { get; } = [];

    internal List<Type> ParticipantTypes { get; } = [];

    internal HashSet<Type> SubscribedLater { get; } = [];

    /// <summary>Messages that only this endpoint sends and handles.</summary>
    public EndpointConfiguration Messages(params IEnumerable<MessageContract> contracts)
    {
        Contracts.AddRange(contracts);
        return this;
    }

    /// <summary>Registers a handler for every <see cref="IHandleMessages{T}"/> that it implements; handlers of one message run in this order.</summary>
    public EndpointConfiguration Handler<THandler>()
        where THandler : class, IHandleMessages
    {
        Services.AddScoped<THandler>();
        HandlerTypes.Add(typeof(THandler));
        return this;
    }

    /// <summary>
    /// The endpoint hears the event only once <see cref="ISubscriptions"/> was told so: until somebody wants it, it costs no
    /// delivery. Where a broker carries messages it is heard from the start.
    /// </summary>
    public EndpointConfiguration SubscribeLater<TEvent>()
        where TEvent : IEvent
    {
        SubscribedLater.Add(typeof(TEvent));
        return this;
    }

    /// <summary>Registers a saga.</summary>
    /// <param name="data">The JSON shape of its data.</param>
    /// <param name="keepCompleted">How long a completed instance still swallows messages that would find or start it; null forgets it at once.</param>
    /// <param name="identity">
    /// The class's full name when it was first released. Instances are found by it: give it once the class has moved or is called
    /// otherwise, or its running sagas are lost.
    /// </param>
    public EndpointConfiguration Saga<TSaga, TData>(JsonTypeInfo<TData> data, TimeSpan? keepCompleted = null, string? identity = null)
        where TSaga : Saga<TData>
        where TData : class, IContainSagaData, new()
    {
        Services.AddScoped<TSaga>();
        Sagas.Add(new(typeof(TSaga), typeof(TData), new(data), keepCompleted, identity ?? typeof(TSaga).FullName!));
        return this;
    }

    /// <summary>
    /// Registers an activity: a message of type <typeparamref name="TRequest"/> sent to this endpoint is carried out by
    /// <typeparamref name="TActivity"/> outside any transaction, under a lease.
    /// </summary>
    /// <param name="options">How.</param>
    /// <param name="instance">Which of several destinations of a kind a request is for, by name: one that is slow or down holds up no other. A handful.</param>
    public EndpointConfiguration Activity<TRequest, TActivity>(ActivityOptions options, Func<TRequest, string>? instance = null)
        where TRequest : class
        where TActivity : class, IActivity<TRequest>
    {
        Services.AddScoped<TActivity>();
        Activities.Add(ActivityDefinition.Of<TRequest, TActivity>(options, instance));
        return this;
    }

    /// <summary>Saves this context once a batch, in the batch's transaction. Handlers take it by constructor and never save.</summary>
    public EndpointConfiguration DbContext<TDb>()
        where TDb : DbContext => Participant<DbContextParticipant<TDb>>();

    /// <summary>Takes part in every batch: participants load, and later store, in the order of registration.</summary>
    public EndpointConfiguration Participant<TParticipant>()
        where TParticipant : class, IBatchParticipant
    {
        Services.AddScoped<TParticipant>();
        ParticipantTypes.Add(typeof(TParticipant));
        return this;
    }
}
