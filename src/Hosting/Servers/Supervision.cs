namespace Orders.Hosting.Servers;

/// <summary>Starts the server again whenever it dies, until told to leave it, or until it does not start any more.</summary>
internal sealed class Supervision
{
    private readonly IServerLauncher server;
    private readonly TaskCompletionSource<StartupException> lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource nextRestart = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Supervision(IServerLauncher server, CancellationToken stopping)
    {
        this.server = server;
        Ended = SuperviseAsync(stopping);
    }

    /// <summary>Never faults.</summary>
    public Task Ended { get; }

    public Task NextRestart => nextRestart.Task;

    public Task<StartupException> Lost => lost.Task;

    private async Task SuperviseAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await server.WaitForExitAsync(stopping);
                await server.LaunchAsync(stopping);
                Interlocked.Exchange(ref nextRestart, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Whoever stops this stops the present server, if any.
        }
        catch (Exception e)
        {
            lost.SetResult(new($"{server.Name} ended and cannot be started again, so this process stops. {e.Message} Then start it again: what was committed is there."));
        }
    }
}
