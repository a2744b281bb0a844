using System.Data;
using Npgsql;

namespace Orders.Host.Verify;

/// <summary>Runs every check of the invariants A to F on one snapshot of one database. It only reads.</summary>
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
    ];

    /// <exception cref="InvalidOperationException">The database is not one of Orders.</exception>
    public static async Task<VerifyReport> RunAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var snapshot = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await RequireOrdersAsync(connection, cancellationToken);
        var results = new List<CheckResult>();
        foreach (var check in Checks)
        {
            results.Add(await check.RunAsync(connection, snapshot, cancellationToken));
        }

        await snapshot.RollbackAsync(cancellationToken);
        return VerifyReport.Of(results);
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
