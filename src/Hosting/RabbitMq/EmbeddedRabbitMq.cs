using System.Globalization;
using Orders.Hosting.Servers;

namespace Orders.Hosting.RabbitMq;

/// <summary>
/// A private RabbitMQ that lives and dies with this process: made on first use, started again when it dies, stopped when
/// disposed. The folder is held by one process at a time.
/// </summary>
public sealed class EmbeddedRabbitMq : IAsyncDisposable
{
    private readonly RabbitMqFolder folder;
    private readonly RabbitMqLauncher server;
    private readonly CancellationTokenSource stopping = new();
    private Supervision? supervision;

    private EmbeddedRabbitMq(RabbitMqFolder folder, RabbitMqLauncher server) => (this.folder, this.server) = (folder, server);

    /// <summary>With user and password.</summary>
    public Uri Url => server.Url;

    /// <summary>Completes, with what to tell the user, when the server has died and cannot be started again.</summary>
    public Task<StartupException> Lost => supervision!.Lost;

    /// <summary>Completes when the server has died and serves again.</summary>
    internal Task NextRestart => supervision!.NextRestart;

    /// <summary>Of the server that runs now.</summary>
    public int ProcessId => int.Parse(File.ReadAllText(folder.At("server.pid")), CultureInfo.InvariantCulture);

    /// <param name="data">The folder <c>rabbitmq</c> is made in it.</param>
    /// <exception cref="StartupException">RabbitMQ is missing, the folder is taken, or the server does not start.</exception>
    public static async Task<EmbeddedRabbitMq> StartAsync(string data, TimeProvider clock, CancellationToken cancellationToken)
    {
        var binaries = RabbitMqBinaries.Find();
        var taken = RabbitMqFolder.Take(data);
        var broker = new EmbeddedRabbitMq(taken, new(taken, binaries, clock));
        try
        {
            await broker.server.LaunchAsync(cancellationToken);
            broker.supervision = new(broker.server, broker.stopping.Token);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs rabbitmqctl on it.</summary>
    internal Task ControlAsync(IEnumerable<string> command, CancellationToken cancellationToken) => server.ControlAsync(command, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await (supervision?.Ended ?? Task.CompletedTask);
        await server.StopAsync(CancellationToken.None);
        folder.Dispose();
        stopping.Dispose();
    }
}
