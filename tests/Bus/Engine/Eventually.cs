namespace Orders.Tests.Bus.Engine;

/// <summary>Waits for what only the database can tell.</summary>
internal static class Eventually
{
    /// <summary>Asks again until it is so, 30 seconds at most.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }
}
