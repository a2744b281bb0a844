using System.Security.Cryptography;
using Orders.Hosting.Servers;

namespace Orders.Hosting.Postgres;

/// <summary>
/// The folder of <c>--data</c>: <c>host.lock</c> (held while a host lives), <c>password</c>, <c>postgres.log</c> and
/// <c>pg</c>, the database itself.
/// </summary>
internal sealed class PostgresFolder : IDisposable
{
    private readonly FileStream hostLock;

    private PostgresFolder(string path, FileStream hostLock) => (Root, this.hostLock) = (path, hostLock);

    public string Root { get; }

    public string PasswordFile => Path.Combine(Root, "password");

    /// <summary>The database's folder, links followed.</summary>
    public string Database => DatabaseOf(Root);

    public string Log => Path.Combine(Path.GetDirectoryName(Database)!, "postgres.log");

    /// <exception cref="StartupException">Another host holds the folder, or it cannot be made.</exception>
    public static PostgresFolder Take(string path)
    {
        var root = Path.GetFullPath(path);
        return new(root, HostLock.Take(root));
    }

    public static string DatabaseOf(string root)
    {
        var folder = new DirectoryInfo(Path.Combine(Path.GetFullPath(root), "pg"));
        return folder.Exists ? folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName : folder.FullName;
    }

    public static string PasswordOf(string root) => File.ReadAllText(Path.Combine(Path.GetFullPath(root), "password"));

    public bool IsInitialised => File.Exists(Path.Combine(Database, "PG_VERSION")) && File.Exists(PasswordFile);

    /// <summary>Makes the database's folder where the server's user can reach it.</summary>
    public async Task PlaceAsync(PostgresUser user, ReachableFolders folders, CancellationToken cancellationToken)
    {
        var link = Path.Combine(Root, "pg");
        if (!await user.CanReachAsync(Root, cancellationToken) && !Directory.Exists(link))
        {
            // Root's own folders are closed to the user that PostgreSQL runs as.
            File.Delete(link);
            File.CreateSymbolicLink(link, folders.Make(Root));
        }

        Directory.CreateDirectory(Database);
        await File.AppendAllTextAsync(Log, "", cancellationToken);
        await user.OwnAsync(Database, cancellationToken);
        await user.OwnAsync(Log, cancellationToken);
    }

    /// <summary>Notes where this folder is now, beside a database that lives elsewhere.</summary>
    public void Claim()
    {
        if (Database != Path.Combine(Root, "pg"))
        {
            ReachableFolders.Claim(Root, Database);
        }
    }

    public string MakePassword()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new StartupException("A private PostgreSQL needs Linux or macOS. On Windows give --connection \"Host=…\".");
        }

        var password = RandomNumberGenerator.GetHexString(32, lowercase: true);
        using var file = new FileStream(PasswordFile, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(System.Text.Encoding.ASCII.GetBytes(password));
        return password;
    }

    public void Dispose() => hostLock.Dispose();
}
