using Npgsql;
using Orders.Host.Client;
using Orders.Hosting.Postgres;

namespace Orders.Host.Bench;

/// <summary>What is measured: a PostgreSQL in a folder of its own and a host process, with items on sale. All gone afterwards.</summary>
internal sealed class BenchStand : IAsyncDisposable
{
    private readonly ThrowAwayFolder data;
    private readonly EmbeddedPostgres postgres;
    private readonly HttpClient http;

    private BenchStand(ThrowAwayFolder folder, EmbeddedPostgres server, NpgsqlDataSource database, HostProcess host)
    {
        (data, postgres, Database, Host) = (folder, server, database, host);
        http = new() { BaseAddress = host.Url };
    }

    public NpgsqlDataSource Database { get; }

    public HostProcess Host { get; }

    /// <summary>The server's first process.</summary>
    public int Postmaster => int.Parse(
        File.ReadLines(Path.Combine(data.Location, "pg", "postmaster.pid")).First(), System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<BenchStand> StartAsync(string gateway, TimeProvider clock, CancellationToken cancellationToken)
    {
        var folder = new ThrowAwayFolder("bench", clock);
        var server = await EmbeddedPostgres.StartAsync(folder.Location, clock, cancellationToken);
        var database = NpgsqlDataSource.Create(server.ConnectionString + ";Maximum Pool Size=200;Application Name=bench");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Orders__Gateway"] = gateway,
            ["Logging__LogLevel__Default"] = "Warning",
        };
        var host = await HostProcess.StartAsync(server.ConnectionString, environment, clock, cancellationToken);
        var stand = new BenchStand(folder, server, database, host);
        await BenchCatalogue.SeedAsync(new(stand.http, new(), clock), cancellationToken);
        return stand;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Host.DisposeAsync();
        await Database.DisposeAsync();
        await postgres.DisposeAsync();
        data.Dispose();
    }
}
