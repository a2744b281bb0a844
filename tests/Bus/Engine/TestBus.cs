using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orders.Bus.Composition;
using Orders.Bus.Engine;
using Orders.Bus.Storage;

namespace Orders.Tests.Bus.Engine;

/// <summary>One process with one or more endpoints on a real PostgreSQL; several of them may share a database.</summary>
internal sealed class TestBus : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private bool stopped;

    private TestBus(ServiceProvider services) => this.services = services;

    public NpgsqlDataSource Source => services.GetRequiredService<NpgsqlDataSource>();

    public IMessageSession Session => services.GetRequiredService<IMessageSession>();

    public IServiceProvider Services => services;

    public static async Task<TestBus> StartAsync(
        string connectionString, Action<IServiceCollection> configure, params IReadOnlyList<MessageContract> contracts)
    {
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("Orders", LogLevel.Information));
        collection.AddSingleton(_ => BusDataSource.Create(connectionString));
        collection.AddSingleton<IHostApplicationLifetime, Lifetime>();
        collection.AddBus(contracts);
        configure(collection);
        var bus = new TestBus(collection.BuildServiceProvider(validateScopes: true));
        foreach (var migrations in bus.services.GetServices<ModuleMigrations>())
        {
            await migrations.MigrateAsync(bus.services, CancellationToken.None);
        }

        foreach (var hosted in bus.services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
        }

        return bus;
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public Task SweepAsync() => services.GetRequiredService<Housekeeping>().SweepAsync(TestContext.Current.CancellationToken);

    /// <summary>Drains, for as long as the token allows.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!stopped)
        {
            stopped = true;
            foreach (var hosted in services.GetServices<IHostedService>().Reverse())
            {
                await hosted.StopAsync(cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        await services.DisposeAsync();
    }
}

/// <summary>A process that nothing stops but its test.</summary>
internal sealed class Lifetime : IHostApplicationLifetime
{
    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => CancellationToken.None;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication() => throw new InvalidOperationException("A loop of the bus ended by a fault. Its log says why.");
}
