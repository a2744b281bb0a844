using Npgsql;
using Orders.Host.Verify;
using Orders.Hosting.Postgres;
using Orders.Hosting.Servers;

namespace Orders.Tests.Integration.Verify;

public sealed class UnreachableTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_shutting_down_is_waited_for()
    {
        var data = Path.Combine(Path.GetTempPath(), $"orders-data-{Guid.CreateVersion7():N}");
        await using (var server = await EmbeddedPostgres.StartAsync(data, new() { SharedBuffersMiB = 64, MaxConnections = 20 }, TimeProvider.System, Token))
        {
            // Smart: it waits for this connection, and lets nobody else in.
            await using var session = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
            await session.OpenAsync(Token);
            await Tool.RunAsync(
                new PostgresUser().Runs(
                    Path.Combine(PostgresBinaries.Find(), "pg_ctl"), "stop", "-m", "smart", "--no-wait", "-D", PostgresFolder.DatabaseOf(data)),
                Token);

            Assert.Contains("Wait until its host has ended", Unreachable.Advice(await RefusalAsync(server.ConnectionString)), StringComparison.Ordinal);
        }

        Directory.Delete(data, recursive: true);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_to_be_looked_for()
    {
        var refused = await RefusalAsync($"Host=127.0.0.1;Port={LoopbackPort.Free()};Username=nobody");

        Assert.Contains("Check --connection", Unreachable.Advice(refused), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_fault_speaks_for_itself() =>
        Assert.Null(Unreachable.Advice(new PostgresException("no such table", "ERROR", "ERROR", "42P01")));

    /// <summary>Connects until it is refused: the signal to shut down takes a moment.</summary>
    private static async Task<NpgsqlException> RefusalAsync(string connection)
    {
        while (true)
        {
            try
            {
                await using var guest = new NpgsqlConnection(connection + ";Pooling=false");
                await guest.OpenAsync(Token);
            }
            catch (NpgsqlException refused)
            {
                return refused;
            }
        }
    }
}
