namespace Orders.Bus.Engine;

/// <summary>What carries messages from one endpoint to another.</summary>
internal interface ITransport
{
    /// <summary>
    /// True where what is for other endpoints leaves through bus.outgoing; false where it becomes a delivery at once, because
    /// all endpoints share the database.
    /// </summary>
    bool Bridges { get; }

    /// <summary>How long bus.inbox remembers what has been received; null where it is not used.</summary>
    TimeSpan? InboxRetention { get; }

    /// <summary>Makes ready, before any message is handled.</summary>
    /// <exception cref="TransportException">It cannot work as configured.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Carries messages until stopped; what is under way is finished first.</summary>
    Task RunAsync(CancellationToken stopping);
}

/// <summary>One PostgreSQL for all endpoints: whoever sends writes the receiver's delivery, and there is nothing left to carry.</summary>
internal sealed class SharedDatabase : ITransport
{
    public bool Bridges => false;

    public TimeSpan? InboxRetention => null;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task RunAsync(CancellationToken stopping) => Task.CompletedTask;
}

/// <summary>The transport cannot work as it is configured. The message says what to change.</summary>
public sealed class TransportException : Exception
{
    public TransportException(string message)
        : base(message)
    {
    }

    public TransportException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
