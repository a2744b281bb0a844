namespace Orders.Tests.Support.Running;

/// <summary>Waits for what only another process can tell, by asking again.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <param name="missing">Asks; null when all is as it should be, else what is missing still.</param>
    /// <param name="cancellationToken">The test's.</param>
    public static async Task NothingIsMissingAsync(Func<CancellationToken, Task<string?>> missing, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        string? last = null;
        try
        {
            while ((last = await missing(limit.Token)) is not null)
            {
                await Task.Delay(Between, TimeProvider.System, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"Still so after {Patience.TotalMinutes} minutes: {last}");
        }
    }
}
