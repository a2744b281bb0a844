using Orders.Hosting.Servers;

namespace Orders.Hosting.Postgres;

/// <summary>Makes a folder ready for a server of ours: initialised, and with no other server on it.</summary>
internal sealed class PostgresPreparation(PostgresFolder folder, PostgresUser user, string binaries, TimeProvider clock)
{
    private readonly ReachableFolders elsewhere = new(clock);

    public async Task<Prepared> PrepareAsync(CancellationToken cancellationToken)
    {
        if (user.IsRoot)
        {
            // A folder that was moved says so before anybody looks.
            folder.Claim();
            elsewhere.Sweep(Console.Error);
        }

        if (folder.IsInitialised)
        {
            await StopOrphanAsync(cancellationToken);
        }
        else
        {
            await InitialiseAsync(cancellationToken);
        }

        var lz4 = await Tool.TryAsync(
            user.Runs(Program("postgres"), "-D", folder.Database, "-C", "wal_compression", "-c", "wal_compression=lz4"), cancellationToken);
        return new(PostgresFolder.PasswordOf(folder.Root), lz4.Code == 0 ? "lz4" : "on");
    }

    private async Task InitialiseAsync(CancellationToken cancellationToken)
    {
        await folder.PlaceAsync(user, elsewhere, cancellationToken);
        // A first use that was cut short has left half a database: it holds nothing yet.
        if (Directory.EnumerateFileSystemEntries(folder.Database).Any())
        {
            await Tool.RunAsync(["find", folder.Database, "-mindepth", "1", "-delete"], cancellationToken);
        }

        folder.MakePassword();
        var passwordForServer = folder.Log + ".init";
        File.Copy(folder.PasswordFile, passwordForServer, overwrite: true);
        try
        {
            await user.OwnAsync(passwordForServer, cancellationToken);
            await Tool.RunAsync(
                user.Runs(
                    Program("initdb"), "-D", folder.Database, "-U", "postgres", "--encoding=UTF8", "--locale=C",
                    "--auth=scram-sha-256", $"--pwfile={passwordForServer}"),
                cancellationToken);
        }
        catch
        {
            File.Delete(folder.PasswordFile);
            throw;
        }
        finally
        {
            File.Delete(passwordForServer);
        }
    }

    // A host that was killed leaves its server running, or still on its way down.
    private async Task StopOrphanAsync(CancellationToken cancellationToken)
    {
        if (Postmaster.PortOf(folder.Database) is null)
        {
            return;
        }

        foreach (var mode in new[] { "fast", "immediate" })
        {
            var (code, _) = await Tool.TryAsync(
                user.Runs(Program("pg_ctl"), "stop", "-D", folder.Database, "-m", mode, "-w", "-t", "60"), cancellationToken);
            if (code == 0)
            {
                return;
            }
        }
    }

    private string Program(string name) => Path.Combine(binaries, name);
}

/// <summary>What the folder and the build say about the server.</summary>
/// <param name="Compression">For full-page images in the log: lz4 where the build has it.</param>
internal sealed record Prepared(string Password, string Compression);
