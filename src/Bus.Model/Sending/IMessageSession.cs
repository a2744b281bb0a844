namespace Orders.Bus;

/// <summary>Sends from outside a handler. Each call is a transaction of its own. Thread-safe.</summary>
public interface IMessageSession
{
    Task Send(object message, SendOptions sendOptions, CancellationToken cancellationToken = default);

    Task Publish(object message, PublishOptions publishOptions, CancellationToken cancellationToken = default);
}
