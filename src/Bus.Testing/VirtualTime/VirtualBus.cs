using System.Globalization;
using Orders.Bus.Composition;

namespace Orders.Bus.Testing.VirtualTime;

/// <summary>
/// Runs endpoints in memory, on a clock that moves only when it is told to: sagas, handlers, timeouts, retries and the error
/// queue, as the engine runs them. A month takes milliseconds. The same calls give the same run, ids included. Not
/// thread-safe; any number of them run side by side.
/// </summary>
/// <param name="messages">Every message that is sent; each travels as its JSON.</param>
/// <param name="start">Where time begins; default 1 January 2000, UTC.</param>
public sealed class VirtualBus(IEnumerable<MessageContract> messages, DateTimeOffset? start = null) : IMessageSession
{
    private readonly VirtualClock clock = new(start ?? new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<Type, MessageContract> contracts = messages.ToDictionary(contract => contract.Type);
    private readonly Dictionary<string, VirtualEndpoint> endpoints = new(StringComparer.Ordinal);
    private readonly PriorityQueue<VirtualDelivery, (DateTimeOffset Due, long Order)> queue = new();
    private readonly List<VirtualMessage> said = [];
    private readonly List<VirtualFailure> failed = [];
    private long order;
    private int atOnce;

    /// <summary>For whatever the handlers take a clock for.</summary>
    public TimeProvider Clock => clock;

    /// <summary>How much may be handled without time going on: more of it goes round in a circle. Default 100,000.</summary>
    public int Bound { get; init; } = 100_000;

    /// <summary>Everything that was sent and published, in order, with its time.</summary>
    public IReadOnlyList<VirtualMessage> Said => said;

    /// <summary>What gave up, and why.</summary>
    public IReadOnlyList<VirtualFailure> ErrorQueue => failed;

    /// <summary>Adds an endpoint, to be given its sagas and handlers. Commands to endpoints that are not here are only noted in <see cref="Said"/>.</summary>
    public VirtualEndpoint Endpoint(string name) => endpoints[name] = new(name, clock, this);

    public Task Send(object message, SendOptions sendOptions, CancellationToken cancellationToken = default)
    {
        Say(message, sendOptions, from: null, cause: null);
        return Task.CompletedTask;
    }

    public Task Publish(object message, PublishOptions publishOptions, CancellationToken cancellationToken = default)
    {
        Say(message, publishOptions, from: null, cause: null);
        return Task.CompletedTask;
    }

    /// <summary>Handles all that is due now and within the time, each at its own time; then that time has passed.</summary>
    /// <exception cref="InvalidOperationException">There is no end of it: see <see cref="Bound"/>.</exception>
    public async Task AdvanceAsync(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var until = clock.Now + time;
        while (queue.TryPeek(out var delivery, out var next) && next.Due <= until)
        {
            queue.Dequeue();
            atOnce = next.Due > clock.Now ? 0 : atOnce;
            clock.MoveTo(next.Due);
            await DeliverAsync(delivery);
        }

        clock.MoveTo(until);
    }

    /// <summary>Handles all that is due now, and what comes of it at once.</summary>
    public Task SettleAsync() => AdvanceAsync(TimeSpan.Zero);

    /// <summary>Hands what is in the error queue to its endpoints once more, as an operator does.</summary>
    public void RetryFailed()
    {
        var again = failed.ToList();
        failed.Clear();
        again.ForEach(failure => Enqueue(failure.Delivery with { Retries = 0 }, clock.Now));
    }

    internal IEnumerable<MessageContract> Contracts => contracts.Values;

    internal MessageContract ContractOf(Type type) => contracts.TryGetValue(type, out var contract)
        ? contract
        : throw new InvalidOperationException($"{type.Name} has no wire name. Add its contract to those that the bus is given.");

    internal void Say(object message, ExtendableOptions options, VirtualEndpoint? from, VirtualMessage? cause)
    {
        var spoken = VirtualMessage.Of(message, options, ContractOf(message.GetType()), from?.Name, cause, clock.Now, NextId(options));
        said.Add(spoken);
        foreach (var endpoint in Receivers(spoken, options))
        {
            Enqueue(new(endpoint, spoken), spoken.Due);
        }
    }

    internal void Forward(VirtualMessage message, string destination) => Enqueue(new(Named(destination), message), clock.Now);

    private IEnumerable<VirtualEndpoint> Receivers(VirtualMessage message, ExtendableOptions options) => options switch
    {
        PublishOptions => endpoints.Values.Where(endpoint => endpoint.Hears(message.Content.GetType())),
        _ when message.To is { } to => endpoints.TryGetValue(to, out var endpoint) ? [endpoint] : [],
        _ => throw new InvalidOperationException($"Nobody owns {message.Type}. Publish it, or name its destination."),
    };

    private VirtualEndpoint Named(string name) => endpoints.TryGetValue(name, out var endpoint)
        ? endpoint
        : throw new InvalidOperationException($"There is no endpoint '{name}'. Add it before something is forwarded to it.");

    private async Task DeliverAsync(VirtualDelivery delivery)
    {
        for (var attempt = 1; await TryAsync(delivery) is { } fault; attempt++)
        {
            if (fault is NotHandledException)
            {
                failed.Add(new(delivery, fault, clock.Now));
                return;
            }

            var context = new ErrorContext(fault, delivery.Message.Headers, delivery.Message.Id, attempt, delivery.Retries);
            switch (delivery.To.Decide(context))
            {
                case ImmediateRetry:
                    continue;
                case DelayedRetry retry:
                    Enqueue(delivery with { Retries = delivery.Retries + 1 }, clock.Now + retry.Delay);
                    return;
                case Discard:
                    return;
                default:
                    failed.Add(new(delivery, fault, clock.Now));
                    return;
            }
        }
    }

    private Task<Exception?> TryAsync(VirtualDelivery delivery) => ++atOnce <= Bound
        ? delivery.To.TryAsync(delivery.Message)
        : throw new InvalidOperationException(
            $"{Bound} messages were handled at {clock.Now:O} and there are more; the last is {delivery.Message.Type} at '{delivery.To.Name}'. Delay what goes round, or raise the bound.");

    private void Enqueue(VirtualDelivery delivery, DateTimeOffset due) => queue.Enqueue(delivery, (due > clock.Now ? due : clock.Now, order++));

    private string NextId(ExtendableOptions options) =>
        options.GetMessageId() ?? Guid.ParseExact((said.Count + 1).ToString("x32", CultureInfo.InvariantCulture), "N").ToString("D");
}

/// <summary>Time that stands still until it is moved, and never goes back.</summary>
internal sealed class VirtualClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; private set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new InvalidOperationException("Handlers do not wait by a clock: delay a message, or request a timeout.");

    public void MoveTo(DateTimeOffset time) => Now = time > Now ? time : Now;
}
