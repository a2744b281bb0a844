using System.Data;
using Npgsql;

namespace Orders.Host.Verify;

/// <summary>Runs every check of the invariants A to G, on one snapshot of one database as a rule. It only reads.</summary>
internal static class Checker
{
    public static IReadOnlyList<InvariantCheck> Checks { get; } =
    [
        new AcceptedOrders(),
        new OneEnd(),
        new MoneyIsGoods(),
        new NoMoneyHeld(),
        new StockBalances(),
        new HeldByOrders(),
        new StockLedger(),
        new GiftCardLedger(),
        new Leases(),
        new Timers(),
        new Undispatched(),
        new ErrorQueue(),
        new PartnerEvents(),
        new PartnerQueues(),
        new PartnerAnswers(),
    ];

    /// <exception cref="InvalidOperationException">The database is not one of Orders.</exception>
    public static async Task<VerifyReport> RunAsync(NpgsqlDataSource database, CancellationToken cancellationToken) =>
        VerifyReport.Of(await RunAsync(database, Checks, cancellationToken));

    /// <summary>
    /// Several databases that hold a system between them. They are read one after the other: what travels between them
    /// meanwhile looks lost, so the system has to be at rest.
    /// </summary>
    /// <exception cref="InvalidOperationException">One of them is not one of Orders, or they cannot be gathered.</exception>
    public static async Task<VerifyReport> RunAsync(IReadOnlyList<string> connections, CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        await using (var all = await GatheredDatabase.CreateAsync(connections, Checks.SelectMany(check => check.Tables).Distinct(StringComparer.Ordinal), cancellationToken))
        {
            results.AddRange(await RunAsync(all.Gathered, [.. Checks.Where(check => !check.IsOfEachDatabase)], cancellationToken));
        }

        var ofEach = new List<(CheckResult Result, string Database)>();
        foreach (var connection in connections)
        {
            await using var database = NpgsqlDataSource.Create(connection);
            var own = await RunAsync(database, [.. Checks.Where(check => check.IsOfEachDatabase)], cancellationToken);
            ofEach.AddRange(own.Select(result => (result, new NpgsqlConnectionStringBuilder(connection).Database!)));
        }

        // What only one module's database has is checked there, and is not missing in the others.
        var checkedSomewhere = ofEach.Where(one => one.Result.WasChecked).Select(one => one.Result.Name).ToHashSet(StringComparer.Ordinal);
        results.AddRange(ofEach
            .Where(one => one.Result.WasChecked || !checkedSomewhere.Contains(one.Result.Name))
            .Select(one => one.Result with { Name = $"{one.Result.Name} ({one.Database})" }));

        return VerifyReport.Of(results);
    }

    private static async Task<List<CheckResult>> RunAsync(
        NpgsqlDataSource database, IReadOnlyList<InvariantCheck> checks, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await RequireOrdersAsync(connection, cancellationToken);
        var results = new List<CheckResult>();
        foreach (var check in checks)
        {
            results.Add(await check.RunAsync(connection, snapshot, cancellationToken));
        }

        await snapshot.RollbackAsync(cancellationToken);
        return results;
    }

    private static async Task RequireOrdersAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SET TRANSACTION READ ONLY; SELECT to_regclass('bus.message') IS NOT NULL", connection);
        if (await command.ExecuteScalarAsync(cancellationToken) is not true)
        {
            throw new InvalidOperationException(
                $"The database '{connection.Database}' holds no orders: it has no table bus.message. Check --connection or --data.");
        }
    }
}
