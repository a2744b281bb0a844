using Microsoft.Extensions.DependencyInjection;

namespace Orders.Bus.Engine;

/// <summary>Registers endpoints.</summary>
public static class BusRegistration
{
    /// <summary>Adds an endpoint to this process.</summary>
    public static IServiceCollection AddBusEndpoint(
        this IServiceCollection services, string name, Action<EndpointConfiguration> configure)
    {
        var endpoint = new EndpointConfiguration(name, services);
        configure(endpoint);
        services.AddSingleton(endpoint);
        return services;
    }
}
