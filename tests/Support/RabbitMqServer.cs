using Orders.Hosting.RabbitMq;
using Orders.Tests.Support.Running;

namespace Orders.Tests.Support;

/// <summary>
/// A real RabbitMQ of the test assembly's own, on a free loopback port. Take it once an assembly:
/// <c>[assembly: AssemblyFixture(typeof(RabbitMqServer))]</c>, and give each test a prefix of its own.
/// </summary>
public sealed class RabbitMqServer : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"orders-tests-{Guid.CreateVersion7():N}");
    private EmbeddedRabbitMq? broker;

    public Uri Url => broker?.Url ?? throw new InvalidOperationException("The broker is not started: take the fixture by constructor.");

    public async ValueTask InitializeAsync() => broker = await EmbeddedRabbitMq.StartAsync(folder, TimeProvider.System, CancellationToken.None);

    /// <summary>
    /// Returns once the queues just made would survive a kill: RabbitMQ 3.10 writes their directory late, and one that is killed
    /// within a second of its making comes back without its log, and without ever electing a leader.
    /// </summary>
    public Task SettleAsync() => ControlAsync("eval", "dets:sync(ra_directory_reverse).");

    /// <summary>kill -9 of the broker. Returns at once: it is started again as soon as its death is seen.</summary>
    /// <returns>Completes when it serves again.</returns>
    public Task Kill()
    {
        var restarted = broker!.NextRestart;
        Signals.Send("KILL", broker.ProcessId);
        return restarted;
    }

    /// <summary>Runs rabbitmqctl on it.</summary>
    public Task ControlAsync(params string[] command) => broker!.ControlAsync(command, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (broker is not null)
        {
            await broker.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }
}
