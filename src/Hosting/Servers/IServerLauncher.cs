namespace Orders.Hosting.Servers;

/// <summary>A server's process, launched until it serves.</summary>
internal interface IServerLauncher
{
    /// <summary>For messages to people.</summary>
    string Name { get; }

    /// <exception cref="StartupException">It does not start.</exception>
    Task LaunchAsync(CancellationToken cancellationToken);

    /// <summary>Completes when the server that was launched last has ended.</summary>
    Task WaitForExitAsync(CancellationToken cancellationToken);
}
