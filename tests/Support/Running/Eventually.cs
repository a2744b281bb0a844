namespace Orders.Tests.Support.Running;

/// <summary>Waits for what only the database or another process can tell, by asking again: soon at first, then more seldom.</summary>
internal static class Eventually
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <param name="missing">Asks; null when all is as it should be, else what is missing still.</param>
    /// <param name="cancellationToken">The test's.</param>
    public static async Task NothingIsMissingAsync(Func<CancellationToken, Task<string?>> missing, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        var (last, pause) = ((string?)null, First);
        try
        {
            while ((last = await missing(limit.Token).WaitAsync(limit.Token)) is not null)
            {
                await Task.Delay(pause, TimeProvider.System, limit.Token);
                pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, Longest.Ticks));
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"Still so after {Patience.TotalMinutes} minutes: {last}");
        }
    }

    /// <summary>Waits until a count of what is left to do is zero.</summary>
    public static Task NothingIsLeftAsync(Func<Task<long>> count) =>
        NothingIsMissingAsync(async _ => await count() is var left and > 0 ? $"{left} left" : null, TestContext.Current.CancellationToken);

    /// <summary>Waits until it is so.</summary>
    public static Task TrueAsync(Func<Task<bool>> condition) =>
        NothingIsMissingAsync(async _ => await condition() ? null : "not so", TestContext.Current.CancellationToken);
}
