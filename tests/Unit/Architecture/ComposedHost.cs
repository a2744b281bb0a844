using Microsoft.AspNetCore.Builder;
using Orders.Bus.Composition;
using Orders.Bus.Engine;
using Orders.Contracts;
using Orders.Host.Serve;
using Orders.Hosting;

namespace Orders.Tests.Unit.Architecture;

/// <summary>What the host is made of, composed and not started.</summary>
internal static class ComposedHost
{
    public static IReadOnlyList<EndpointConfiguration> Endpoints { get; } = Compose();

    /// <summary>The catalogue, and what endpoints send to themselves.</summary>
    public static IReadOnlyList<MessageContract> Messages { get; } = [.. Catalogue.Messages, .. Endpoints.SelectMany(endpoint => endpoint.Contracts)];

    private static List<EndpointConfiguration> Compose()
    {
        var builder = new OrdersProcessBuilder(WebApplication.CreateSlimBuilder(), new(), "Host=nowhere");
        Modules.AddAll(builder);
        return [.. builder.Services.Where(service => service.ServiceType == typeof(EndpointConfiguration)).Select(service => (EndpointConfiguration)service.ImplementationInstance!)];
    }
}
