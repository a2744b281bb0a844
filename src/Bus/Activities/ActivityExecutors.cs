using Microsoft.Extensions.Logging;
using Orders.Bus.Engine;

namespace Orders.Bus.Activities;

/// <summary>One executor for each destination that this process calls, from when its first work is seen. Thread-safe.</summary>
internal sealed class ActivityExecutors(IEnumerable<EndpointRuntime> endpoints, ExecutorServices services)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, EndpointRuntime> endpoints = endpoints.ToDictionary(endpoint => endpoint.Name, StringComparer.Ordinal);
    private readonly Dictionary<(string Endpoint, string Destination), DestinationExecutor> executors = [];
    private readonly List<Task> running = [];
    private readonly Lock guard = new();
    private CancellationToken? whileRunning;

    /// <summary>The work to store for a request, under this process's lease if its destination has room; null if it is no activity of an endpoint here.</summary>
    public ActivityWork? Lease(ActivityRequest request)
    {
        if (!endpoints.TryGetValue(request.Endpoint, out var runtime) || !runtime.Activities.TryGetValue(request.Body.GetType(), out var definition))
        {
            return null;
        }

        var destination = definition.DestinationOf(request.Body);
        var room = Of(runtime, destination).TryReserve();
        return new(
            request, definition, runtime, destination, room ? 1 : 0, room, services.Clock.GetUtcNow(), TimeSpan.Zero, services.Clock.GetTimestamp(), null);
    }

    /// <summary>The transaction committed.</summary>
    public void Start(IEnumerable<ActivityWork> work)
    {
        foreach (var item in work)
        {
            var executor = Of(item.Endpoint, item.Destination);
            if (item.Leased)
            {
                executor.Start(item);
            }
            else
            {
                executor.Wake();
            }
        }
    }

    /// <summary>The transaction did not commit, or, in doubt, nobody knows.</summary>
    public void Abandon(IEnumerable<ActivityWork> work, bool inDoubt)
    {
        foreach (var item in work.Where(item => item.Leased))
        {
            var executor = Of(item.Endpoint, item.Destination);
            if (inDoubt)
            {
                executor.ReleaseInDoubt();
            }
            else
            {
                executor.Release();
            }
        }
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        lock (guard)
        {
            whileRunning = stopping;
            running.AddRange(executors.Values.Select(Run));
        }

        foreach (var endpoint in endpoints.Values)
        {
            foreach (var activity in endpoint.Activities.Values.Where(activity => activity.Instance is null))
            {
                Of(endpoint, activity.Options.Destination);
            }
        }

        await FindAsync(stopping);
        Task[] all;
        lock (guard)
        {
            all = [.. running];
        }

        await Task.WhenAll(all);
    }

    private DestinationExecutor Of(EndpointRuntime endpoint, string destination)
    {
        lock (guard)
        {
            if (!executors.TryGetValue((endpoint.Name, destination), out var executor))
            {
                executors.Add((endpoint.Name, destination), executor = new(endpoint, destination, services));
                if (whileRunning is not null)
                {
                    running.Add(Run(executor));
                }
            }

            return executor;
        }
    }

    private Task Run(DestinationExecutor executor) => Task.Run(() => executor.RunAsync(whileRunning!.Value), CancellationToken.None);

    /// <summary>Looks for work of destinations that this process has not called yet: whoever called them may have died.</summary>
    private async Task FindAsync(CancellationToken stopping)
    {
        var several = endpoints.Values.Where(endpoint => endpoint.Activities.Values.Any(activity => activity.Instance is not null)).ToList();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                foreach (var endpoint in several)
                {
                    var found = await ActivityQueue.DestinationsAsync(services.Source, endpoint, stopping);
                    foreach (var destination in found.Where(destination => endpoint.Activities.Values.Any(activity => activity.Calls(destination))))
                    {
                        Of(endpoint, destination);
                    }
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                services.Logger.LogWarning(e, "Looking for activities failed; trying again in a second");
            }

            await Task.Delay(BetweenLooks, services.Clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
