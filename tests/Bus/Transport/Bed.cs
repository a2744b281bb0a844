using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Bus.Sagas;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Transport;

/// <summary>Where a test of the suite runs: its databases, and what carries messages between its endpoints.</summary>
public abstract class Bed(PostgresServer databases)
{
    private protected PostgresServer Databases => databases;

    /// <summary>Starts a process with one endpoint; without a name, one that only sends.</summary>
    internal async Task<TestBus> StartAsync(string? endpoint = null, Action<EndpointConfiguration>? configure = null) => await TestBus.StartAsync(
        await DatabaseOfAsync(endpoint ?? "sender"),
        services =>
        {
            Register(services);
            if (endpoint is not null)
            {
                services.AddBusEndpoint(endpoint, configure ?? (_ => { }));
            }
        },
        [.. TestMessages.All, .. ParcelMessages.All]);

    /// <summary>The database that the endpoint's processes share.</summary>
    private protected abstract Task<string> DatabaseOfAsync(string endpoint);

    private protected abstract void Register(IServiceCollection services);

    /// <summary>Delivers a command to the worker whose bytes were damaged on the way.</summary>
    internal abstract Task DeliverCorruptedAsync(TestBus worker);

    /// <summary>Returns once whatever was just made would survive a break.</summary>
    internal abstract Task SettleAsync();

    /// <summary>Breaks what connects the endpoints at once.</summary>
    /// <returns>Completes when it can be connected again.</returns>
    internal abstract Task BreakAsync(TestBus bus);
}
