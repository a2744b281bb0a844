using System.Security.Cryptography;

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
        try
        {
            Directory.CreateDirectory(root);
            var folder = new RabbitMqFolder(root, new(Path.Combine(root, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            folder.Prepare();
            return folder;
        }
        catch (UnauthorizedAccessException)
        {
            throw new StartupException($"The folder {root} cannot be written. Give another with --data.");
        }
        catch (IOException)
        {
            throw new StartupException($"The folder {root} is in use by another host. Stop that one, or give this one a folder of its own with --data.");
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

        using var file = new FileStream(At(name), new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(System.Text.Encoding.UTF8.GetBytes(text));
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
