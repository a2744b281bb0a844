namespace Orders.Bus.Activities;

/// <summary>
/// A call to the outside world. It runs outside any transaction, at least once; the call must carry an idempotency key that
/// is derived from the request alone, so that a repeated call has one effect.
/// </summary>
public interface IActivity<in TRequest>
{
    /// <summary>
    /// Makes the call and returns the outcome, a message that is sent to the activity's own endpoint. Refusals are outcomes;
    /// an exception means "unknown, ask again": the request is repeated after a backoff.
    /// </summary>
    Task<object> ExecuteAsync(TRequest request, ActivityAttempt attempt, CancellationToken cancellationToken);

    /// <summary>The outcome to report when <see cref="ActivityOptions.GiveUpAfter"/> has passed without one.</summary>
    object GiveUp(TRequest request, ActivityAttempt attempt);
}

/// <summary>Which attempt this is.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="RequestedAt">When the handler asked for it, by the database's clock.</param>
/// <param name="LastError">What the attempt before this one ended with, or null.</param>
public sealed record ActivityAttempt(int Number, DateTimeOffset RequestedAt, string? LastError);
