using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;

namespace Orders.Hosting;

/// <summary>Composes one process out of modules.</summary>
public sealed class OrdersProcessBuilder
{
    private readonly List<Action<IEndpointRouteBuilder>> routes = [];

    public OrdersProcessBuilder(WebApplicationBuilder web)
    {
        Web = web;
        Deadlines = Deadlines.From(web.Configuration);
        web.Services.AddSingleton(Deadlines);
    }

    public WebApplicationBuilder Web { get; }

    public IServiceCollection Services => Web.Services;

    public IConfiguration Configuration => Web.Configuration;

    public Deadlines Deadlines { get; }

    /// <summary>Adds a module: its endpoint on the bus and its HTTP routes.</summary>
    public OrdersProcessBuilder AddModule(
        string name, Action<EndpointConfiguration> configureEndpoint, Action<IEndpointRouteBuilder>? mapRoutes = null)
    {
        Services.AddBusEndpoint(name, configureEndpoint);
        if (mapRoutes is not null)
        {
            routes.Add(mapRoutes);
        }

        return this;
    }
}
