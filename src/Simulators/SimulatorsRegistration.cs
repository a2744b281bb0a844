using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Storage;
using Orders.Simulators.Storage;

namespace Orders.Simulators;

/// <summary>The outside world to develop against: what a process adds in local mode. One process of a database runs it.</summary>
public static class SimulatorsRegistration
{
    public static IServiceCollection AddSimulators(this IServiceCollection services) => services
        .AddModuleDb<SimulatorsDb>("sim");

    /// <summary>Everything under <c>/sim</c>.</summary>
    public static IEndpointRouteBuilder MapSimulators(this IEndpointRouteBuilder routes) => routes;
}
