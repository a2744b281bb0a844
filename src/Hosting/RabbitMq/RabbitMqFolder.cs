using System.Security.Cryptography;
using Orders.Hosting.Servers;

namespace Orders.Hosting.RabbitMq;

/// <summary>
/// The folder <c>rabbitmq</c> below <c>--data</c>: <c>host.lock</c> (held while a host lives), <c>server.lock</c> (held while a
/// server lives), <c>password</c>, configuration, logs, and what the broker stores.
/// </summary>
internal sealed class RabbitMqFolder : IDisposable
{
    public const string User = "orders";

    private readonly FileStream hostLock;

    private RabbitMqFolder(string root, FileStream hostLock) => (Root, this.hostLock) = (root, hostLock);

    public string Root { get; }

    public string ServerLock => At("server.lock");

    /// <summary>What the server says before it logs.</summary>
    public string Log => At("server.log");

    public string Password => File.ReadAllText(At("password"));

    /// <exception cref="StartupException">Another host holds the folder, or it cannot be made.</exception>
    public static RabbitMqFolder Take(string data)
    {
        var root = Path.Combine(Path.GetFullPath(data), "rabbitmq");
        var folder = new RabbitMqFolder(root, HostLock.Take(root));
        try
        {
            folder.Prepare();
            return folder;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            folder.Dispose();
            throw new StartupException($"The folder {root} cannot be written: {e.Message} Give another with --data.");
        }
    }

    public string At(string name) => Path.Combine(Root, name);

    /// <summary>For this user's eyes alone.</summary>
    public void WritePrivate(string name, string text)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new StartupException("A private RabbitMQ needs Linux or macOS. On Windows give --broker amqp://….");
        }

        // Beside it, then renamed: who is killed in between leaves no half a password behind, which would be one for ever.
        using (var file = new FileStream(At(name + ".new"), new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        File.Move(At(name + ".new"), At(name), overwrite: true);
    }

    public void Dispose() => hostLock.Dispose();

    private void Prepare()
    {
        // The server knows the password of its first start.
        if (!File.Exists(At("password")))
        {
            WritePrivate("password", RandomNumberGenerator.GetHexString(32, lowercase: true));
        }

        WritePrivate("enabled_plugins", "[].");
        File.AppendAllText(Log, "");
        File.AppendAllText(ServerLock, "");
    }
}
