using Orders.Bus.Engine;

namespace Orders.Bus.Activities;

/// <summary>All destinations that this process calls, by endpoint. Thread-safe.</summary>
internal sealed class ActivityExecutors(IEnumerable<EndpointRuntime> endpoints, ExecutorServices services)
{
    private readonly Dictionary<(string Endpoint, string Destination), (EndpointRuntime Endpoint, DestinationExecutor Executor)> executors =
        endpoints
            .SelectMany(endpoint => endpoint.Activities.Values.Select(a => a.Options.Destination).Distinct(StringComparer.Ordinal)
                .Select(destination => (endpoint, destination)))
            .ToDictionary(
                pair => (pair.endpoint.Name, pair.destination),
                pair => (pair.endpoint, new DestinationExecutor(pair.endpoint, pair.destination, services)));

    private readonly Dictionary<string, EndpointRuntime> endpoints = endpoints.ToDictionary(endpoint => endpoint.Name, StringComparer.Ordinal);

    /// <summary>The work to store for a request, under this process's lease if its destination has room; null if it is no activity of an endpoint here.</summary>
    public ActivityWork? Lease(ActivityRequest request)
    {
        if (!endpoints.TryGetValue(request.Endpoint, out var runtime) || !runtime.Activities.TryGetValue(request.Body.GetType(), out var definition))
        {
            return null;
        }

        var room = executors[(request.Endpoint, definition.Options.Destination)].Executor.TryReserve();
        return new(
            request, definition, runtime, room ? 1 : 0, room, services.Clock.GetUtcNow(), TimeSpan.Zero, services.Clock.GetTimestamp(), null);
    }

    /// <summary>The transaction committed.</summary>
    public void Start(IEnumerable<ActivityWork> work)
    {
        foreach (var item in work)
        {
            var executor = executors[(item.Endpoint.Name, item.Definition.Options.Destination)].Executor;
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
            var executor = executors[(item.Endpoint.Name, item.Definition.Options.Destination)].Executor;
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

    public Task RunAsync(CancellationToken stopping) => Task.WhenAll(executors.Values.Select(pair => pair.Executor.RunAsync(stopping)));
}
