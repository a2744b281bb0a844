using Npgsql;
using Orders.Host.Verify;
using Orders.Tests.Support;
using static Orders.Tests.Integration.Verify.HealthyDatabase;

namespace Orders.Tests.Integration.Verify;

/// <summary>The healthy system again, with orders, stock and partners in one database, payments and shipments in another.</summary>
public sealed class SeveralDatabasesTests(PostgresServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>One of each check that looks across modules: that it finds the others is shown with one database.</summary>
    public static IEnumerable<TheoryDataRow<string, string, string>> Faults =>
        CheckerTests.Faults.Where(fault => fault.Data.Item1 is "A accepted" or "C money" or "D holds").DistinctBy(fault => fault.Data.Item1);

    [Fact]
    public async Task Two_halves_of_a_healthy_system_break_nothing_together_and_leave_nothing_behind()
    {
        await using var whole = await CreateAsync(server);

        var report = await Checker.RunAsync(await HalvesAsync(whole), Token);

        Assert.All(report.Checks, check => Assert.True(check.Ok, $"{check.Name}: {check.Detail}"));
        Assert.DoesNotContain(report.Checks, check => check.Detail.StartsWith("not checked", StringComparison.Ordinal));
        var twice = Checker.Checks.Count(check => check.IsOfEachDatabase && !check.Tables.Any(table => table.StartsWith("webhooks.", StringComparison.Ordinal)));
        Assert.Equal(Checker.Checks.Count + twice, report.Checks.Count);
        await using var left = whole.CreateCommand("select count(*) from pg_database where datname like 'orders_verify_%'");
        Assert.Equal(0L, await left.ExecuteScalarAsync(Token));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_across_them_is_named(string check, string fault, string sql)
    {
        await using var whole = await CreateAsync(server);
        await ExecuteAsync(whole, sql);

        var report = await Checker.RunAsync(await HalvesAsync(whole), Token);

        Assert.True(report.Checks.Single(result => !result.Ok).Name.StartsWith(check, StringComparison.Ordinal), fault);
    }

    [Fact]
    public async Task Who_may_not_create_a_database_is_told_so()
    {
        await using var whole = await CreateAsync(server);
        var halves = await HalvesAsync(whole);
        await ExecuteAsync(whole, "create role reader login password 'reader' in role pg_read_all_data");
        var asReader = new NpgsqlConnectionStringBuilder(halves[0]) { Username = "reader", Password = "reader" }.ConnectionString;

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Checker.RunAsync([asReader, halves[1]], Token));

        Assert.Contains("CREATEDB", refused.Message, StringComparison.Ordinal);
    }

    private async Task<string[]> HalvesAsync(NpgsqlDataSource whole) =>
    [
        await WithoutAsync(whole, "payments, dispatch, sim"),
        await WithoutAsync(whole, "orders, inventory, webhooks"),
    ];

    private async Task<string> WithoutAsync(NpgsqlDataSource whole, string schemas)
    {
        var template = new NpgsqlConnectionStringBuilder(whole.ConnectionString).Database;
        var half = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync());
        var name = half.Database + "_half";
        await using var source = NpgsqlDataSource.Create(half.ConnectionString);
        await ExecuteAsync(source, $"create database {name} template {template}");
        half.Database = name;
        await using var made = NpgsqlDataSource.Create(half.ConnectionString + ";Pooling=false");
        await ExecuteAsync(made, $"drop schema {schemas} cascade");
        return half.ConnectionString;
    }
}
