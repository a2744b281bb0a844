using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Orders.Hosting;
using Orders.Hosting.Postgres;
using Orders.Hosting.Servers;

namespace Orders.Tests.Integration.Hosting;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private static readonly PostgresSettings Small = new() { SharedBuffersMiB = 64, MaxConnections = 20 };

    private readonly string data = Path.Combine(Path.GetTempPath(), $"orders-data-{Guid.CreateVersion7():N}");

    [Fact]
    public async Task What_was_committed_is_there_after_a_restart()
    {
        await using (var first = await StartAsync())
        {
            await ExecuteAsync(first.ConnectionString, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)");
        }

        await using var second = await StartAsync();

        Assert.Equal(42, await ExecuteAsync(second.ConnectionString, "SELECT n FROM kept"));
        Assert.Equal("on", await ExecuteAsync(second.ConnectionString, "SHOW fsync"));
    }

    [Fact]
    public async Task A_second_host_on_the_folder_is_refused_and_told_what_to_do()
    {
        await using var first = await StartAsync();

        var refused = await Assert.ThrowsAsync<StartupException>(StartAsync);

        Assert.Contains("in use by another host", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await ExecuteAsync(first.ConnectionString, "SELECT 1"));
    }

    [Fact]
    public async Task A_server_that_was_killed_comes_back_with_what_was_committed()
    {
        await using var postgres = await StartAsync();
        await ExecuteAsync(postgres.ConnectionString, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)");
        var restarted = postgres.NextRestart;

        Kill(ServerPid());
        await restarted.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal(7, await ExecuteAsync(postgres.ConnectionString, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task A_server_left_by_a_killed_host_is_replaced()
    {
        int orphan;
        await using (var first = await StartAsync())
        {
            await ExecuteAsync(first.ConnectionString, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (3)");
        }

        // As a killed host leaves it: nobody holds the lock, and a server is on the folder.
        await Tool.RunAsync(
            new PostgresUser().Runs(
                Path.Combine(PostgresBinaries.Find(), "pg_ctl"), "start", "-w", "-D", PostgresFolder.DatabaseOf(data), "-l", "/dev/null",
                "-o", $"-p {LoopbackPort.Free()} -k '' -h 127.0.0.1"),
            TestContext.Current.CancellationToken);
        orphan = ServerPid();
        await using var second = await StartAsync();

        Assert.NotEqual(orphan, ServerPid());
        Assert.Equal(3, await ExecuteAsync(second.ConnectionString, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task A_process_whose_server_cannot_be_started_again_stops_and_says_why()
    {
        var options = new OrdersProcessOptions
        {
            Data = data, Urls = "http://127.0.0.1:0", Postgres = Small with { StartWithin = TimeSpan.FromSeconds(10) },
        };
        await using var process = await OrdersProcess.StartAsync(options, _ => { }, TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(
            Path.Combine(PostgresFolder.DatabaseOf(data), "postgresql.conf"), "nonsense = on\n", TestContext.Current.CancellationToken);

        Kill(ServerPid());
        var lost = await Assert.ThrowsAsync<StartupException>(
            () => process.WaitForShutdownAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));

        Assert.Contains("cannot be started again", lost.Message, StringComparison.Ordinal);
        Assert.Contains("postgres.log", lost.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private Task<EmbeddedPostgres> StartAsync() =>
        EmbeddedPostgres.StartAsync(data, Small, TimeProvider.System, TestContext.Current.CancellationToken);

    private int ServerPid() => int.Parse(
        File.ReadLines(Path.Combine(PostgresFolder.DatabaseOf(data), "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private static void Kill(int pid)
    {
        using var server = Process.GetProcessById(pid);
        server.Kill();
    }

    private static async Task<object?> ExecuteAsync(string connection, string sql)
    {
        await using var open = new NpgsqlConnection(connection + ";Pooling=false");
        await open.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, open);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
