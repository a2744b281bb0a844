using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Engine;

/// <summary>Starts endpoints on databases of their own.</summary>
public abstract class EngineTests(PostgresServer databases)
{
    private protected PostgresServer Databases => databases;

    private protected async Task<TestBus> StartAsync<T>(Action<EndpointConfiguration> configure, Recorder<T> recorder, Calls? calls = null) =>
        await StartOnAsync(await databases.CreateDatabaseAsync(), configure, recorder, calls);

    private protected static Task<TestBus> StartOnAsync<T>(
        string database, Action<EndpointConfiguration> configure, Recorder<T> recorder, Calls? calls = null) => TestBus.StartAsync(
        database,
        services =>
        {
            services.AddSingleton(recorder);
            services.AddSingleton(calls ?? new Calls());
            services.AddBusEndpoint("worker", configure);
        },
        TestMessages.All);

    private protected static Task DrainedAsync(TestBus bus) => Eventually.TrueAsync(() => bus.ScalarAsync<bool>(
        "select not exists (select from bus.delivery) and not exists (select from bus.activity)"));
}
