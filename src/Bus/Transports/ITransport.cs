namespace Orders.Bus.Engine;

/// <summary>What carries messages from one endpoint to another.</summary>
internal interface ITransport
{
    /// <summary>Makes ready, before any message is handled.</summary>
    /// <exception cref="TransportException">It cannot work as configured.</exception>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Carries messages until stopped; what is under way is finished first.</summary>
    Task RunAsync(CancellationToken stopping);
}

/// <summary>What the rest of the engine has to know of its transport.</summary>
/// <param name="Bridges">
/// True where what is for other endpoints leaves through bus.outgoing; false where it becomes a delivery at once, because all
/// endpoints share the database.
/// </param>
/// <param name="InboxRetention">How long bus.inbox remembers what has been received; null where it is not used.</param>
internal sealed record TransportKind(bool Bridges, TimeSpan? InboxRetention);
