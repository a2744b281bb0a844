namespace Orders.Bus;

/// <summary>Marks a class that handles messages.</summary>
public interface IHandleMessages;

/// <summary>
/// Handles messages of one type. A handler only writes to the database, through the storage session's transaction:
/// it never calls the outside world and never commits.
/// </summary>
public interface IHandleMessages<T> : IHandleMessages
{
    Task Handle(T message, IMessageHandlerContext context);
}

/// <summary>A message that starts a saga when none is found for it.</summary>
public interface IAmStartedByMessages<T> : IHandleMessages<T>;

/// <summary>Handles a timeout that the same saga asked for.</summary>
public interface IHandleTimeouts<T>
{
    Task Timeout(T state, IMessageHandlerContext context);
}
