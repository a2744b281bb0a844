using Npgsql;
using Orders.Host.Verify;
using Orders.Tests.Faults.Running;
using Orders.Tests.Support;

namespace Orders.Tests.Faults.Storage;

/// <summary>
/// The database is lost and restored from a backup that was made while orders were placed; the provider and the carriers, of
/// course, know all that they did since.
/// </summary>
[Trait(Extent.Name, Extent.Long)]
public sealed class OldBackupTests(PostgresServer server, Tally tally)
{
    private const int Orders = 1_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_payment_of_a_forgotten_order_is_reported_and_nothing_is_captured_again()
    {
        var folder = Directory.CreateTempSubdirectory("orders-backup-").FullName;
        var (backup, world) = (Path.Combine(folder, "backup.sql"), Path.Combine(folder, "world.sql"));
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        var worker = await run.AddWorkerAsync(Token);
        using var crowd = new Crowd([worker.Url], FaultRun.Sku);

        var placing = crowd.PlaceAsync(Orders, 16, TimeSpan.Zero, Token);
        await crowd.HasAsync(Orders / 2, Token);
        await Backup.DumpAsync(run.Connection, backup, Token);
        await placing;
        await new Judgement(run.Database).IsAtRestAsync(Token);
        var charged = await ChargedAsync(run.Database);
        await Backup.DumpAsync(run.Connection, world, Token, "--schema", "sim");

        // A new database: the backup, with the outside world as it is now.
        await using var restored = await FaultRun.StartAsync(server, tally, Token, async connection =>
        {
            await Backup.RestoreAsync(connection, backup, Token);
            await using var old = NpgsqlDataSource.Create(connection);
            await using var drop = old.CreateCommand("drop schema sim cascade");
            await drop.ExecuteNonQueryAsync(Token);
            await Backup.RestoreAsync(connection, world, Token);
        });
        Directory.Delete(folder, recursive: true);
        await restored.AddWorkerAsync(Token);
        var judgement = new Judgement(restored.Database);
        await judgement.IsAtRestAsync(Token);

        var forgotten = await restored.AskAsync<long>(Forgotten, Token);
        var reported = (await Checker.RunAsync(restored.Database, Token)).Checks.Where(check => !check.Ok).ToList();
        Assert.InRange(forgotten, 1, Orders);
        Assert.StartsWith($"{forgotten} found: payment ", Assert.Single(reported).Detail, StringComparison.Ordinal);
        Assert.Equal(charged, await ChargedAsync(restored.Database));
        restored.Pass();
        run.Counts += new Counts(Faults: 1);
        await run.EndAsync(crowd, Token);
        Tally.Print($"   {forgotten} payments of forgotten orders, each of them reported");
    }

    /// <summary>Payments that the provider has taken or set aside for orders that nobody here knows of any more.</summary>
    private const string Forgotten =
        "select count(distinct reference) from sim.psp_operation where outcome = 'approved' and reference not in (select id::text from orders.order_view)";

    /// <summary>The captures, by the provider's ledger, one line each: a second one of the same order would show.</summary>
    private static async Task<List<string>> ChargedAsync(NpgsqlDataSource database) => await new Judgement(database).TextsAsync(
        "select reference from sim.psp_operation where operation = 'capture' and outcome = 'approved' order by reference", Token);
}
