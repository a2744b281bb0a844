using Npgsql;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;

namespace Orders.Tests.EndToEnd.Operators;

/// <summary>A host with four messages in its error queue that nobody can read.</summary>
public sealed class HostWithFailures : IAsyncLifetime
{
    private readonly PostgresServer postgres = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("orders-failed-");
    private RunningHost? host;
    private NpgsqlDataSource? database;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Uri Url => host!.Url;

    public string Folder => folder.FullName;

    public async ValueTask InitializeAsync()
    {
        await postgres.InitializeAsync();
        var connection = await postgres.CreateDatabaseAsync(Token);
        database = NpgsqlDataSource.Create(connection);
        host = await RunningHost.StartAsync(["--connection", connection], new Dictionary<string, string>(), Token);
        await using var plant = database.CreateCommand(
            """
            with message as (
              insert into bus.message (id, type, version, key, intent, conversation, body)
              select gen_random_uuid(), 'inventory.commit-stock', 1, 'k', 1, gen_random_uuid(), 'no json' from generate_series(1, 4) returning id)
            insert into bus.delivery (endpoint, lane, message) select endpoint.id, 0, message.id from message, bus.endpoint where name = 'inventory'
            """);
        await plant.ExecuteNonQueryAsync(Token);
        await Eventually.NothingIsMissingAsync(async token => await OpenAsync(token) == 4 ? null : "four messages are not in the error queue yet", Token);
    }

    public async ValueTask DisposeAsync()
    {
        await (host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (database?.DisposeAsync() ?? ValueTask.CompletedTask);
        await postgres.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>How many wait for an operator.</summary>
    public async Task<long> OpenAsync(CancellationToken cancellationToken)
    {
        await using var command = database!.CreateCommand("select count(*) from bus.failed where resolution is null");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
