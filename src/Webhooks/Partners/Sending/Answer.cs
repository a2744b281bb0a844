namespace Orders.Webhooks.Partners.Sending;

/// <summary>What came of one attempt.</summary>
/// <param name="At">When it began.</param>
/// <param name="Url">Where it went.</param>
/// <param name="DurationMs">Until the answer's end, or until it was given up.</param>
/// <param name="Status">The HTTP status; null where there was none.</param>
/// <param name="RetryAfter">What the answer asked for.</param>
/// <param name="Response">The first characters of the answer's body.</param>
/// <param name="Error">Why there was no answer.</param>
internal sealed record Answer(
    DateTimeOffset At, string Url, long DurationMs, int? Status, TimeSpan? RetryAfter = null, string? Response = null, string? Error = null)
{
    public bool IsSuccess => Status is >= 200 and <= 299;

    public bool IsGone => Status == 410;

    /// <summary>Only these two say when to come back.</summary>
    public TimeSpan? WaitAskedFor => Status is 429 or 503 ? RetryAfter : null;
}
