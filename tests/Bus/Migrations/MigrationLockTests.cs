using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Bus.Engine;
using Orders.Bus.Migrations;
using Orders.Bus.Storage;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Migrations;

/// <summary>The version before serves on while its database is migrated.</summary>
public sealed class MigrationLockTests(PostgresServer databases)
{
    private const string OldTraffic =
        """
        with message as (
          insert into bus.message (id, type, version, key, intent, conversation, body)
          values (gen_random_uuid(), 'work.do-work', 1, 'k', 1, gen_random_uuid(), '{}') returning id)
        insert into bus.failed (id, endpoint, lane, message, attempts, reason, exception, stack)
        select gen_random_uuid(), endpoint.id, 0, message.id, 1, 'r', 'e', 's' from message, bus.endpoint
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_migration_behind_a_long_transaction_lets_others_pass_and_ends_after_it()
    {
        await using var source = BusDataSource.Create(await databases.CreateDatabaseAsync());
        await using var services = Services(source);
        await MigrateAsync(services, "0001_Bus", "0002_Transport");
        await ExecuteAsync(source, "insert into bus.endpoint (name) values ('worker')");
        await using var reader = await source.OpenConnectionAsync(Token);
        await using var transaction = await reader.BeginTransactionAsync(Token);
        await using (var look = new NpgsqlCommand("select count(*) from bus.failed", reader))
        {
            await look.ExecuteScalarAsync(Token);
        }

        var migrated = services.GetRequiredService<ModuleMigrations>().MigrateAsync(services, Token);
        for (var round = 0; round < 3; round++)
        {
            // The old version's statement comes while the migration waits for its lock, and has to get through.
            await Eventually.TrueAsync(async () =>
            {
                await (migrated.IsCompleted ? migrated : Task.CompletedTask);
                return await BooleanAsync(source, "select exists (select from pg_locks where not granted and relation = 'bus.failed'::regclass)");
            });
            await ExecuteAsync(source, OldTraffic);
        }

        Assert.Equal(TaskStatus.WaitingForActivation, migrated.Status);
        await transaction.RollbackAsync(Token);
        await migrated.WaitAsync(TimeSpan.FromSeconds(30), Token);
        await ExecuteAsync(source, OldTraffic);
        Assert.True(await BooleanAsync(source, "select count(*) = 4 and count(retry_run) = 0 from bus.failed"));
        Assert.True(await BooleanAsync(source, "select current_setting('lock_timeout') = '0'"));
    }

    private static ServiceProvider Services(NpgsqlDataSource source)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(source);
        services.AddBus([]);
        return services.BuildServiceProvider();
    }

    /// <summary>As a process of that time left it.</summary>
    private static async Task MigrateAsync(ServiceProvider services, params string[] migrations)
    {
        await using var scope = services.CreateAsyncScope();
        var history = scope.ServiceProvider.GetRequiredService<BusDb>().GetService<IHistoryRepository>();
        var source = services.GetRequiredService<NpgsqlDataSource>();
        await ExecuteAsync(source, history.GetCreateIfNotExistsScript());
        foreach (var migration in migrations)
        {
            using var sql = new StreamReader(typeof(BusDb).Assembly.GetManifestResourceStream($"Orders.Bus.Migrations.M{migration}.sql")!);
            await ExecuteAsync(source, await sql.ReadToEndAsync(Token));
            await ExecuteAsync(source, history.GetInsertScript(new(migration, "10")));
        }
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    private static async Task<bool> BooleanAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (bool)(await command.ExecuteScalarAsync(Token))!;
    }
}
