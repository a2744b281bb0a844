using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orders.Bus.Activities;

namespace Orders.Bus.Engine;

/// <summary>
/// Starts and drains everything that runs in the background. On stop, loops take nothing new; batches and calls under way
/// finish; their results are written; then the process's leases and its lock are given up.
/// </summary>
internal sealed class BusService(IServiceProvider services, EndpointCatalogue endpoints, EndpointDirectory directory, MessageRegistry registry, ITransport transport,
    IHostApplicationLifetime lifetime, ILogger<BusService> logger) : IHostedService, IBusState, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private bool isDisposed;
    private readonly CancellationTokenSource leaving = new();
    private Task? prepared;
    private Task work = Task.CompletedTask;
    private Task completions = Task.CompletedTask;
    private Task membership = Task.CompletedTask;

    public bool IsRunning { get; private set; }

    public Exception? Fault { get; private set; }

    public Task PrepareAsync(CancellationToken cancellationToken) => prepared ??= RegisterAsync(cancellationToken);

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        await services.GetRequiredService<Neighbours>().SetClockAsync(cancellationToken);
        // A partition that is attached while its day's steps are being written fails their batches.
        await services.GetRequiredService<HistoryPartitions>().KeepAsync(cancellationToken);
        await directory.RegisterAsync(endpoints.All, registry, cancellationToken);
        await services.GetRequiredService<PersonalDirectory>().RegisterAsync(
            registry, endpoints.All.SelectMany(endpoint => endpoint.Sagas.Values).Select(saga => saga.Definition), cancellationToken);
        await transport.StartAsync(cancellationToken);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        var executors = services.GetRequiredService<ActivityExecutors>();
        services.GetRequiredService<CommitScopeFactory>().Executors = executors;
        membership = services.GetRequiredService<Membership>().RunAsync(leaving.Token);
        completions = services.GetRequiredService<ActivityCompletions>().RunAsync(leaving.Token);
        Task[] loops =
        [
            executors.RunAsync(stopping.Token),
            transport.RunAsync(stopping.Token),
            services.GetRequiredService<DelayedPump>().RunAsync(stopping.Token),
            services.GetRequiredService<Backlog>().RunAsync(stopping.Token),
            services.GetRequiredService<Housekeeping>().RunAsync(stopping.Token),
            services.GetRequiredService<RetryPump>().RunAsync(stopping.Token),
            services.GetRequiredService<ErasurePump>().RunAsync(stopping.Token),
            .. endpoints.All.Select(endpoint => ActivatorUtilities.CreateInstance<EndpointWorker>(services, endpoint).RunAsync(stopping.Token)),
        ];
        work = Task.WhenAll(loops);
        IsRunning = true;
        foreach (var loop in (Task[])[.. loops, completions, membership])
        {
            _ = WatchAsync(loop);
        }
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
        catch (Exception) when (cancellationToken.IsCancellationRequested || work.IsFaulted || completions.IsFaulted)
        {
            logger.LogWarning("The drain took longer than the time to stop; what was under way is repeated by the next process");
        }

        await leaving.CancelAsync();
        await membership.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A loop that ends by a fault of its own leaves work undone in silence: stop, so that a supervisor starts anew.</summary>
    private async Task WatchAsync(Task loop)
    {
        try
        {
            await loop;
        }
        catch (Exception e) when (!leaving.IsCancellationRequested)
        {
            (IsRunning, Fault) = (false, e);
            logger.LogCritical(e, "A loop of the bus ended by a fault; the process stops");
            lifetime.StopApplication();
        }
        catch (OperationCanceledException)
        {
            // Stopped while its last results could not be written.
        }
    }

    /// <summary>Once for each service that it is registered as.</summary>
    public void Dispose()
    {
        if (isDisposed)
        {
            return;
        }

        // A host that could not start stops nothing: its loops end here.
        isDisposed = true;
        stopping.Cancel();
        leaving.Cancel();
        stopping.Dispose();
        leaving.Dispose();
    }
}

/// <summary>Whether this process handles messages.</summary>
public interface IBusState
{
    /// <summary>Registers its endpoints and makes the transport ready, once; the start does it otherwise.</summary>
    /// <exception cref="TransportException">The transport cannot work as configured.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>False before it has started and once it drains.</summary>
    bool IsRunning { get; }

    /// <summary>Why a loop of the bus ended by itself, which stops the process; null as long as none has.</summary>
    Exception? Fault { get; }
}
