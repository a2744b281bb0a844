using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Orders.Bus.Storage;

/// <summary>The migrations of one context.</summary>
public abstract class ModuleMigrations
{
    private protected ModuleMigrations()
    {
    }

    /// <summary>Applies what is missing, each migration in a transaction of its own, while older processes go on serving.</summary>
    /// <exception cref="MigrationBlockedException">Somebody holds a lock that a migration needs, for minutes.</exception>
    public abstract Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken);
}

/// <summary>
/// A migration that waits for a lock makes everybody else wait behind it, for as long as the slowest transaction takes. So it
/// waits a second at most, gives up, lets the others pass, and tries again.
/// </summary>
internal sealed class ModuleMigrations<TDb> : ModuleMigrations
    where TDb : DbContext
{
    private const int Tries = 200;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(2);

    public override async Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        for (var attempt = 1; !await TryAsync(services, cancellationToken); attempt++)
        {
            if (attempt == Tries)
            {
                throw new MigrationBlockedException(typeof(TDb).Name);
            }

            await Task.Delay(BetweenTries, clock, cancellationToken);
        }
    }

    private static async Task<bool> TryAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, "set lock_timeout = '1s'", cancellationToken);
        try
        {
            await MigrateOnAsync(connection, services, cancellationToken);
            return true;
        }
        catch (Exception e) when (e.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            return false;
        }
        finally
        {
            // The connection goes back to the pool as it came.
            await ExecuteAsync(connection, "reset lock_timeout", CancellationToken.None);
        }
    }

    /// <summary>What a failed migration leaves open is rolled back with its scope.</summary>
    private static async Task MigrateOnAsync(NpgsqlConnection connection, IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<BatchStorage>().Join(connection, transaction: null);
        await scope.ServiceProvider.GetRequiredService<TDb>().Database.MigrateAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>The schema cannot be brought up to date while somebody holds a transaction open.</summary>
public sealed class MigrationBlockedException(string context) : Exception(
    $"The migrations of {context} did not get their locks for minutes: a transaction is open for that long. Find it in pg_stat_activity, end it, and start again.");
