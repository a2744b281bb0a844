namespace Orders.Bus.Engine;

/// <summary>The endpoints of this process.</summary>
internal sealed class EndpointCatalogue(IEnumerable<EndpointConfiguration> configurations, IServiceProvider services)
{
    public IReadOnlyList<EndpointRuntime> All { get; } = [.. configurations.Select(configuration => new EndpointRuntime(configuration, services))];

    public EndpointRuntime Of(string name) => All.FirstOrDefault(endpoint => endpoint.Name == name)
        ?? throw new InvalidOperationException(
            $"Endpoint '{name}' is not in this process, which has {string.Join(", ", All.Select(e => e.Name))}. Add its module.");
}
