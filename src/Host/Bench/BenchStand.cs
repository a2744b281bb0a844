using Npgsql;
using Orders.Host.Client;
using Orders.Hosting;
using Orders.Hosting.Postgres;
using Orders.Hosting.RabbitMq;

namespace Orders.Host.Bench;

/// <summary>What is measured: a PostgreSQL, and a RabbitMQ where one is wanted, in a folder of their own and a host process, with items on sale. All gone afterwards.</summary>
internal sealed class BenchStand : IAsyncDisposable
{
    private readonly ThrowAwayFolder data;
    private readonly EmbeddedPostgres postgres;
    private readonly EmbeddedRabbitMq? rabbitMq;
    private readonly HttpClient http;

    private BenchStand(ThrowAwayFolder folder, EmbeddedPostgres server, EmbeddedRabbitMq? broker, NpgsqlDataSource database, HostProcess host)
    {
        (data, postgres, rabbitMq, Database, Host) = (folder, server, broker, database, host);
        http = new() { BaseAddress = host.Url };
    }

    public NpgsqlDataSource Database { get; }

    public HostProcess Host { get; }

    /// <summary>The server's first process.</summary>
    public int Postmaster => int.Parse(
        File.ReadLines(Path.Combine(data.Location, "pg", "postmaster.pid")).First(), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The broker's process, where there is one.</summary>
    public int? Broker => rabbitMq?.ProcessId;

    public static async Task<BenchStand> StartAsync(BenchOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var folder = new ThrowAwayFolder("bench", clock);
        var server = await EmbeddedPostgres.StartAsync(folder.Location, clock, cancellationToken);
        var broker = options.Transport == MessageTransport.RabbitMq
            ? await EmbeddedRabbitMq.StartAsync(folder.Location, clock, cancellationToken)
            : null;
        var database = NpgsqlDataSource.Create(server.ConnectionString + ";Maximum Pool Size=200;Application Name=bench");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Orders__Gateway"] = options.Gateway,
            ["Orders__Webhooks__AllowLoopback"] = "true",
            ["Logging__LogLevel__Default"] = "Warning",
        };
        var host = await HostProcess.StartAsync(server.ConnectionString, broker?.Url, environment, clock, cancellationToken);
        var stand = new BenchStand(folder, server, broker, database, host);
        await BenchCatalogue.SeedAsync(new(stand.http, new(), clock), cancellationToken);
        return stand;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Host.DisposeAsync();
        await Database.DisposeAsync();
        await (rabbitMq?.DisposeAsync() ?? ValueTask.CompletedTask);
        await postgres.DisposeAsync();
        data.Dispose();
    }
}
