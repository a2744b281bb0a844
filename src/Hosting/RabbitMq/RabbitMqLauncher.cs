using System.Globalization;
using Orders.Hosting.Servers;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Orders.Hosting.RabbitMq;

/// <summary>The broker's process, launched until it serves. It keeps its port: connections are made to it again.</summary>
internal sealed class RabbitMqLauncher(RabbitMqFolder folder, RabbitMqBinaries binaries, TimeProvider clock) : IServerLauncher
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    // A server of a host that was killed may still be on its way down: the lock, which it holds while it lives, is waited for.
    // Erlang's port mapper is this server's own, and ends with it.
    private const string Server =
        """
        exec 9>"$1"
        flock -w 60 9 || exit 1
        "$2" -port "$ERL_EPMD_PORT" -address 127.0.0.1 9>&- &
        exec "$3"
        """;

    private readonly int port = LoopbackPort.Free();
    private int nodePort;
    private int mapperPort;
    private GuardedServer? server;

    public string Name => "RabbitMQ";

    public Uri Url => new($"amqp://{RabbitMqFolder.User}:{folder.Password}@127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/");

    public async Task LaunchAsync(CancellationToken cancellationToken)
    {
        folder.WritePrivate("rabbitmq.conf", Configuration());
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StartWithin);
        try
        {
            do
            {
                server?.Dispose();
                (nodePort, mapperPort) = (LoopbackPort.Free(), LoopbackPort.Free());
                server = GuardedServer.Start(
                    command => [.. command], folder.Log, "TERM", Environment(), ["sh", "-c", Server, "rabbitmq", folder.ServerLock, binaries.PortMapper, binaries.Server]);
            }
            while (!await IsServingAsync(server, patience.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StartupException(
                $"RabbitMQ did not start within {StartWithin.TotalMinutes:0.##} minutes. Its logs, {folder.Log} and those in {folder.At("log")}, say why. "
                + $"If port {port} is taken, end the program that took it.");
        }
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => server!.WaitForExitAsync(cancellationToken);

    public Task ControlAsync(IEnumerable<string> command, CancellationToken cancellationToken) => Tool.RunAsync(
        ["env", .. Environment().Select(setting => $"{setting.Key}={setting.Value}"), binaries.Control, .. command], cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (server is not null)
        {
            await server.StopAsync(cancellationToken);
            server.Dispose();
        }
    }

    /// <summary>A broker that shares its machine with everything else.</summary>
    private string Configuration() => $"""
        listeners.tcp.1 = 127.0.0.1:{port}
        default_user = {RabbitMqFolder.User}
        default_pass = {folder.Password}
        disk_free_limit.absolute = 64MB
        log.file.level = warning
        log.console = false
        raft.wal_max_size_bytes = 64000000

        """;

    private Dictionary<string, string> Environment() => new(StringComparer.Ordinal)
    {
        ["HOME"] = folder.Root,
        ["RABBITMQ_NODENAME"] = "orders@localhost",
        ["RABBITMQ_CONF_ENV_FILE"] = folder.At("no-environment"),
        ["RABBITMQ_CONFIG_FILE"] = folder.At("rabbitmq.conf"),
        ["RABBITMQ_ADVANCED_CONFIG_FILE"] = folder.At("no-advanced.config"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = folder.At("enabled_plugins"),
        ["RABBITMQ_MNESIA_BASE"] = folder.At("store"),
        ["RABBITMQ_LOG_BASE"] = folder.At("log"),
        ["RABBITMQ_PID_FILE"] = folder.At("server.pid"),
        ["RABBITMQ_DIST_PORT"] = nodePort.ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_PORT"] = mapperPort.ToString(CultureInfo.InvariantCulture),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["ERL_CRASH_DUMP_BYTES"] = "0",
        // Makes the script become the server instead of standing before it.
        ["RABBITMQ_ALLOW_INPUT"] = "1",
        // Erlang's schedulers spin while they wait, which costs the others on a small machine.
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-noinput +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}",
    };

    /// <returns>False when the server has exited instead: somebody may have been quicker to take a port.</returns>
    private async Task<bool> IsServingAsync(GuardedServer launched, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = Url, AutomaticRecoveryEnabled = false };
        while (!launched.HasExited)
        {
            try
            {
                await using var connection = await factory.CreateConnectionAsync("orders launcher", cancellationToken);
                return true;
            }
            catch (BrokerUnreachableException)
            {
                await Task.Delay(RetryAfter, clock, cancellationToken);
            }
        }

        await Task.Delay(RetryAfter, clock, cancellationToken);
        return false;
    }
}
