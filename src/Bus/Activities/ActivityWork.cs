using Orders.Bus.Engine;

namespace Orders.Bus.Activities;

/// <summary>An activity that a handler asked for.</summary>
internal sealed record ActivityRequest(string Endpoint, Guid Message, object Body, Guid Conversation, string? Trace);

/// <summary>One attempt at an activity, as this process holds it.</summary>
/// <param name="Request">What to do.</param>
/// <param name="Definition">How.</param>
/// <param name="Endpoint">Whose activity it is.</param>
/// <param name="Destination">Who is called.</param>
/// <param name="Attempt">1 for the first. Together with the holder it fences: an answer counts only if the row still says so.</param>
/// <param name="Leased">False for one that found no room here: it is stored for whoever has room.</param>
/// <param name="RequestedAt">By the database's clock; for a fresh one, by this process's.</param>
/// <param name="Age">How old the request was when the lease began, by the database's clock.</param>
/// <param name="LeasedAt">This process's timestamp of that moment.</param>
/// <param name="LastError">What the attempt before ended with.</param>
internal sealed record ActivityWork(
    ActivityRequest Request,
    ActivityDefinition Definition,
    EndpointRuntime Endpoint,
    string Destination,
    int Attempt,
    bool Leased,
    DateTimeOffset RequestedAt,
    TimeSpan Age,
    long LeasedAt,
    string? LastError)
{
    /// <summary>How much longer than one attempt a lease lasts: the room for waiting in the queue and for the commit.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(15);

    public TimeSpan LeaseDuration => LeaseOf(Definition);

    public static TimeSpan LeaseOf(ActivityDefinition definition) => definition.Options.Timeout + Slack;

    /// <summary>Too little of the lease is left to begin: the row will be taken anew.</summary>
    public bool IsStale(TimeProvider clock) => clock.GetElapsedTime(LeasedAt) > Slack / 2;
}

/// <summary>How an attempt ended.</summary>
/// <param name="Work">The attempt.</param>
/// <param name="Outcome">The message to send, or null to try again.</param>
/// <param name="Backoff">The wait before the next attempt.</param>
/// <param name="Error">What failed.</param>
/// <param name="Fault">No attempt can ever succeed, because of this: to the error queue.</param>
internal sealed record ActivityResult(ActivityWork Work, object? Outcome, TimeSpan Backoff, string? Error, Exception? Fault = null);
