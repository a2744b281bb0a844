using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Bus.Storage;

namespace Orders.Hosting.Storage;

/// <summary>Brings every schema of this process up to date, one process at a time.</summary>
internal static class Migrator
{
    // Any constant will do, as long as every process uses the same.
    private const long LockKey = 0x4F72_6465_7273;

    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<NpgsqlDataSource>();
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})", cancellationToken);
        try
        {
            foreach (var migrations in services.GetServices<ModuleMigrations>())
            {
                await migrations.MigrateAsync(services, cancellationToken);
            }
        }
        catch (MigrationBlockedException blocked)
        {
            throw new StartupException(blocked.Message);
        }
        finally
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
