using Microsoft.Extensions.DependencyInjection;

namespace Orders.Bus.Engine;

/// <summary>One saga type as the engine runs it: how to find an instance and which of its methods takes which message.</summary>
internal sealed class SagaRuntime
{
    private readonly Dictionary<Type, Func<object, object, IMessageHandlerContext, Task>> handlers = [];
    private readonly Dictionary<Type, Func<object, object, IMessageHandlerContext, Task>> timeouts = [];
    private readonly HashSet<Type> starters = [];
    private readonly SagaMapping mapping;
    private readonly ObjectFactory factory;
    private readonly bool takesClock;

    /// <exception cref="InvalidOperationException">The saga breaks a rule of the programming model; the text says which.</exception>
    public SagaRuntime(SagaDefinition definition, Saga prototype)
    {
        Definition = definition;
        mapping = prototype.Mapping();
        takesClock = definition.SagaType.GetConstructors().Any(one => one.GetParameters().Any(parameter => parameter.ParameterType == typeof(TimeProvider)));
        factory = ActivatorUtilities.CreateFactory(definition.SagaType, takesClock ? [typeof(TimeProvider)] : Type.EmptyTypes);
        foreach (var contract in definition.SagaType.GetInterfaces().Where(type => type.IsGenericType))
        {
            var message = contract.GetGenericArguments()[0];
            var kind = contract.GetGenericTypeDefinition();
            if (kind == typeof(IHandleMessages<>))
            {
                handlers[message] = Invokers.ForHandler(message);
            }
            else if (kind == typeof(IHandleTimeouts<>))
            {
                timeouts[message] = Invokers.ForTimeout(message);
            }
            else if (kind == typeof(IAmStartedByMessages<>))
            {
                starters.Add(message);
            }
        }

        foreach (var unmapped in handlers.Keys.Where(message => !mapping.Values.ContainsKey(message)))
        {
            throw new InvalidOperationException(
                $"{definition.SagaType.Name} handles {unmapped.Name} but does not map it. "
                + $"Add .ToMessage<{unmapped.Name}>(…) in ConfigureHowToFindSaga.");
        }

        if (starters.Count == 0)
        {
            throw new InvalidOperationException(
                $"Nothing starts {definition.SagaType.Name}. Implement IAmStartedByMessages<T> for the message that does.");
        }
    }

    public SagaDefinition Definition { get; }

    /// <summary>As stored beside each instance.</summary>
    public string Name => Definition.Name;

    public IEnumerable<Type> MessageTypes => handlers.Keys;

    public IEnumerable<Type> TimeoutTypes => timeouts.Keys;

    public bool Handles(Type message) => handlers.ContainsKey(message);

    public bool StartedBy(Type message) => starters.Contains(message);

    /// <summary>The correlation value that the message carries.</summary>
    /// <exception cref="InvalidOperationException">It carries none.</exception>
    public object CorrelationOf(object message, IReadOnlyDictionary<string, string> headers) => mapping.ValueOf(message, headers);

    public object? CorrelationIn(IContainSagaData data) => mapping.Property.GetValue(data);

    public void Correlate(IContainSagaData data, object value) => mapping.Property.SetValue(data, value);

    public IContainSagaData NewData() => (IContainSagaData)Activator.CreateInstance(Definition.DataType)!;

    public async Task InvokeAsync(IServiceProvider scope, SagaInstance instance, object message, bool isTimeout, StepClock clock, IMessageHandlerContext context)
    {
        var saga = (Saga)factory(scope, takesClock ? [clock] : null);
        saga.Entity = instance.Data;
        var table = isTimeout ? timeouts : handlers;
        await table[message.GetType()](saga, message, context);
        var now = CorrelationIn(instance.Data);
        if (!Equals(now, instance.Correlation))
        {
            throw new InvalidOperationException(
                $"{Name} changed its correlation property {mapping.Property.Name} from '{instance.Correlation}' to '{now}'. "
                + "A saga keeps the value that found it for its whole life.");
        }

        instance.Completed |= saga.Completed;
    }
}

/// <summary>One saga instance in a batch.</summary>
internal sealed class SagaInstance(SagaRuntime saga, IContainSagaData data, object correlation, int version, string? stored, string? known, bool forgotten)
{
    public SagaRuntime Saga => saga;

    public IContainSagaData Data => data;

    public object Correlation => correlation;

    /// <summary>As loaded; 0 for one that is not stored yet.</summary>
    public int Version => version;

    /// <summary>The JSON as loaded, or null.</summary>
    public string? Stored => stored;

    /// <summary>What this process would write of <see cref="Stored"/>, where that holds members that it does not know.</summary>
    public string? Known => known;

    /// <summary>It completed before this batch and only swallows messages.</summary>
    public bool Forgotten => forgotten;

    public bool Completed { get; set; }
}
