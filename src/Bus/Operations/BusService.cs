using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orders.Bus.Activities;

namespace Orders.Bus.Engine;

/// <summary>
/// Starts and drains everything that runs in the background. On stop, loops take nothing new; batches and calls under way
/// finish; their results are written; then the process's leases and its lock are given up.
/// </summary>
internal sealed class BusService(IServiceProvider services, EndpointCatalogue endpoints, EndpointDirectory directory, MessageRegistry registry) : IHostedService, IBusState, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource leaving = new();
    private Task work = Task.CompletedTask;
    private Task completions = Task.CompletedTask;
    private Task membership = Task.CompletedTask;

    public bool IsRunning { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await directory.RegisterAsync(endpoints.All, registry, cancellationToken);
        var executors = services.GetRequiredService<ActivityExecutors>();
        services.GetRequiredService<CommitScopeFactory>().Executors = executors;
        membership = services.GetRequiredService<Membership>().RunAsync(leaving.Token);
        completions = services.GetRequiredService<ActivityCompletions>().RunAsync(leaving.Token);
        work = Task.WhenAll(
            [
                executors.RunAsync(stopping.Token),
                services.GetRequiredService<DelayedPump>().RunAsync(stopping.Token),
                services.GetRequiredService<Backlog>().RunAsync(stopping.Token),
                services.GetRequiredService<Housekeeping>().RunAsync(stopping.Token),
                .. endpoints.All.Select(endpoint => ActivatorUtilities.CreateInstance<EndpointWorker>(services, endpoint).RunAsync(stopping.Token)),
            ]);
        IsRunning = true;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        IsRunning = false;
        await stopping.CancelAsync();
        try
        {
            await work.WaitAsync(cancellationToken);
            services.GetRequiredService<ActivityCompletions>().Complete();
            await completions.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            services.GetRequiredService<ILogger<BusService>>().LogWarning(
                "The drain took longer than the time to stop; what was under way is repeated by the next process");
        }

        await leaving.CancelAsync();
        await membership;
    }

    public void Dispose()
    {
        stopping.Dispose();
        leaving.Dispose();
    }
}

/// <summary>Whether this process handles messages.</summary>
public interface IBusState
{
    /// <summary>False before it has started and once it drains.</summary>
    bool IsRunning { get; }
}
