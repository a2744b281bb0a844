using System.Globalization;
using Npgsql;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.Faults.Running;

/// <summary>
/// One run: a database of its own, the outside world (provider, carriers and CRM) as a process, workers with every module as
/// processes that share the work, a crowd that buys, and a judgement at the end.
/// </summary>
internal sealed class FaultRun : IAsyncDisposable
{
    public const string Sku = "survivor";
    private const int Stock = 10_000_000;

    /// <summary>As when a partner registers: else nobody would be told an order's statuses, and they would not be judged.</summary>
    private const string SomebodyListens =
        """
        insert into bus.subscription (type, endpoint)
        select type, id from bus.endpoint, unnest(array['orders.order-placed', 'orders.order-status-changed']) as news (type)
        where name = 'webhooks'
        on conflict do nothing
        """;

    private readonly Tally tally;
    private readonly List<RunningHost> hosts = [];
    private bool judged;

    private FaultRun(Tally tally, string connection)
    {
        (this.tally, Connection) = (tally, connection);
        Database = NpgsqlDataSource.Create(connection + ";Application Name=faults");
    }

    public int Seed { get; } = Running.Seed.Choose();

    public string Connection { get; }

    public NpgsqlDataSource Database { get; }

    /// <summary>Serves the simulators, and nothing else: it has no endpoint.</summary>
    public RunningHost World { get; private set; } = null!;

    public IReadOnlyList<RunningHost> Workers => hosts[1..];

    /// <summary>Kills and faults so far.</summary>
    public Counts Counts { get; set; } = new();

    /// <summary>What every worker is told.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal) { ["Logging__LogLevel__Default"] = "Warning" };

    /// <param name="server">Where the database is made.</param>
    /// <param name="tally">What the run adds to.</param>
    /// <param name="cancellationToken">The test's.</param>
    /// <param name="prepare">What is done to the empty database first.</param>
    /// <param name="outside">What the outside world is told.</param>
    public static async Task<FaultRun> StartAsync(
        PostgresServer server, Tally tally, CancellationToken cancellationToken, Func<string, Task>? prepare = null, IReadOnlyDictionary<string, string>? outside = null)
    {
        var run = new FaultRun(tally, await server.CreateDatabaseAsync(cancellationToken));
        await (prepare?.Invoke(run.Connection) ?? Task.CompletedTask);
        run.hosts.Add(run.World = await RunningHost.StartAsync(["--modules", "", "--connection", run.Connection], run.With(outside), cancellationToken));
        run.Settings["Orders__PaymentProvider__Url"] = new Uri(run.World.Url, "/sim/psp").ToString();
        run.Settings["Orders__Crm__Url"] = new Uri(run.World.Url, "/sim/crm").ToString();
        run.Settings["Orders__Carrier__Url"] = new Uri(run.World.Url, "/sim/carrier").ToString();
        return run;
    }

    /// <summary>Starts a worker; the first one puts the item on sale.</summary>
    /// <param name="cancellationToken">The test's.</param>
    /// <param name="settings">On top of <see cref="Settings"/>.</param>
    /// <param name="connection">To the database by another way.</param>
    /// <param name="port">Where it serves; else anywhere.</param>
    /// <param name="options">More of the command line.</param>
    public async Task<RunningHost> AddWorkerAsync(
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? settings = null,
        string? connection = null,
        int? port = null,
        params string[] options)
    {
        var worker = await RunningHost.StartAsync(
            ["--connection", connection ?? Connection, .. options], With(settings), cancellationToken, port);
        hosts.Add(worker);
        if (hosts.Count == 2 && await AskAsync<long>("select count(*) from orders.order_view", cancellationToken) == 0)
        {
            using var shop = new Shop(worker.Url);
            await shop.StockAsync(Sku, Stock, cancellationToken);
            await DoAsync(SomebodyListens, cancellationToken);
        }

        return worker;
    }

    /// <summary>What a worker is told, and more or otherwise than that.</summary>
    public Dictionary<string, string> With(IReadOnlyDictionary<string, string>? settings) =>
        new((settings ?? Settings).Concat(Settings).DistinctBy(pair => pair.Key, StringComparer.Ordinal), StringComparer.Ordinal);

    public Random Random(int number = 0) => new(Seed + number);

    public async Task<T> AskAsync<T>(string sql, CancellationToken cancellationToken)
    {
        await using var command = Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task<int> DoAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Database.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>kill -9 of PostgreSQL; returns when it serves again.</summary>
    public async Task KillServerAsync(PostgresServer server)
    {
        Counts += new Counts(Kills: 1);
        await server.Kill();
        // The run's own connections are dead, too.
        Database.Clear();
    }

    /// <summary>Waits until everything is at rest, judges it, prints the counts, and fails when a promise is broken.</summary>
    public async Task EndAsync(Crowd crowd, CancellationToken cancellationToken)
    {
        var judgement = new Judgement(Database);
        await judgement.IsAtRestAsync(cancellationToken);
        var violations = await judgement.ViolationsAsync(crowd, cancellationToken);
        Counts += new Counts(Messages: await AskAsync<long>("select count(*) from bus.message", cancellationToken), crowd.Accepted.Count, Violations: violations.Count);
        tally.Add(Counts);
        Tally.Print(string.Create(CultureInfo.InvariantCulture, $"{TestContext.Current.TestMethod!.MethodName}: seed {Seed}, {Counts}"));
        Assert.True(violations.Count == 0, $"seed {Seed}: {string.Join(Environment.NewLine, violations.Take(20))}{Environment.NewLine}{Said()}");
        Pass();
    }

    /// <summary>The test has judged the run itself, and its processes may be stopped in order.</summary>
    public void Pass() => judged = true;

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Enumerable.Reverse(hosts))
        {
            // A run that failed has said why: what its processes say when they are stopped would only hide it.
            await (judged ? host.DisposeAsync() : host.AbandonAsync());
        }

        await Database.DisposeAsync();
    }

    private string Said() => string.Join(
        Environment.NewLine,
        hosts.SelectMany(host => host.Said.Split(Environment.NewLine).TakeLast(10).Select(line => $"{host.Url} said: {line[..Math.Min(200, line.Length)]}")));
}
