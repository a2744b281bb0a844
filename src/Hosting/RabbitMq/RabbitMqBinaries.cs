namespace Orders.Hosting.RabbitMq;

/// <summary>The programs of RabbitMQ and Erlang.</summary>
/// <param name="Server">RabbitMQ's own script: Debian's on PATH insists on a user and on folders of the system.</param>
/// <param name="PortMapper">Erlang's epmd.</param>
internal sealed record RabbitMqBinaries(string Server, string PortMapper)
{
    /// <summary>rabbitmqctl.</summary>
    public string Control => Path.Combine(Path.GetDirectoryName(Server)!, "rabbitmqctl");

    private static readonly string[] Homes = ["/usr/lib/rabbitmq/bin", "/usr/local/opt/rabbitmq/sbin", "/opt/homebrew/opt/rabbitmq/sbin"];

    /// <exception cref="StartupException">RabbitMQ is not installed.</exception>
    public static RabbitMqBinaries Find()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return First(Homes.Concat(path), "rabbitmq-server") is { } server && First(path.Append("/usr/bin"), "epmd") is { } mapper
            ? new(server, mapper)
            : throw new StartupException(
                "RabbitMQ is not installed. Install the server (Debian, Ubuntu: apt-get install rabbitmq-server; macOS: brew install rabbitmq), "
                + "or give --broker amqp://user:password@host:port/vhost.");
    }

    private static string? First(IEnumerable<string> folders, string program) =>
        folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
