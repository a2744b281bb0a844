using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orders.Bus.Engine;
using Orders.Hosting;
using Orders.Tests.Support;

namespace Orders.Tests.Integration.Hosting;

public sealed class FaultedBusTests(PostgresServer postgres)
{
    [Fact]
    public async Task A_loop_of_the_bus_that_ends_by_a_fault_ends_the_process_with_1() =>
        Assert.Equal(1, await RunAsync(builder => builder.Services.Replace(ServiceDescriptor.Singleton<ITransport>(new BrokenTransport()))));

    [Fact]
    public async Task A_process_that_a_fault_of_the_bus_has_stopped_ends_with_1() => Assert.Equal(1, await RunAsync(builder =>
    {
        builder.Services.AddSingleton<IBusState>(new Faulted());
        builder.Services.AddHostedService<Stopper>();
    }));

    private async Task<int> RunAsync(Action<OrdersProcessBuilder> configure)
    {
        var options = new OrdersProcessOptions
        {
            Urls = "http://127.0.0.1:0",
            Connection = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken),
        };
        return await ProcessCommand.RunAsync(() => options, configure, TestContext.Current.CancellationToken);
    }

    /// <summary>Its loop ends at once.</summary>
    private sealed class BrokenTransport : ITransport
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task RunAsync(CancellationToken stopping) => Task.FromException(new NotSupportedException("The transport is broken."));
    }

    private sealed class Faulted : IBusState
    {
        public Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public bool IsRunning => false;

        public Exception? Fault { get; } = new InvalidOperationException("A loop ended.");
    }

    private sealed class Stopper(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStarted.Register(lifetime.StopApplication);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
