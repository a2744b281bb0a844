using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry.Trace;
using Orders.Bus.Engine;
using Orders.Bus.RabbitMq;
using Orders.Bus.Storage;
using Orders.Contracts;
using Orders.Hosting.Access;
using Orders.Hosting.Health;
using Orders.Hosting.Limits;
using Orders.Hosting.OpenApi;
using Orders.Hosting.Operations;
using Orders.Hosting.Storage;
using Orders.Hosting.Telemetry;

namespace Orders.Hosting;

/// <summary>Composes one process out of modules.</summary>
public sealed class OrdersProcessBuilder
{
    private readonly List<Action<IEndpointRouteBuilder>> routes = [];
    private readonly List<Func<HttpContext, IResult?>> refusals = [];
    private readonly ForwardedHeadersOptions proxies;

    internal OrdersProcessBuilder(WebApplicationBuilder web, OrdersProcessOptions options, string connection, string? broker = null)
    {
        Web = web;
        Url = options.FirstUrl;
        ConnectionString = connection;
        IsLocalMode = TokenConfiguration.IsLocalMode(web.Configuration);
        proxies = TrustedProxies.Read(web.Configuration);
        Deadlines = Deadlines.From(web.Configuration);
        Services.AddSingleton(Deadlines);
        Services.TryAddSingleton(options.Clock);
        Services.AddSingleton(_ => BusDataSource.Create(connection));
        Services.AddSingleton(HistorySettings.From(web.Configuration));
        Services.AddBus(Catalogue.Messages);
        if (broker is not null)
        {
            Services.AddRabbitMq(RabbitMqSettings.From(web.Configuration, broker));
        }

        Services.AddModuleDb<HostingDb>("hosting");
        Services.AddTelemetry(web.Configuration);
        Services.AddDescribedOpenApi();
        AddAccess(TokenConfiguration.Read(web.Configuration, options.UrlList));
    }

    public WebApplicationBuilder Web { get; }

    public IServiceCollection Services => Web.Services;

    public IConfiguration Configuration => Web.Configuration;

    public Deadlines Deadlines { get; }

    /// <summary>The first address that the process was told to listen on; its port may be 0 in tests.</summary>
    public Uri Url { get; }

    public string ConnectionString { get; }

    /// <summary>No tokens are configured and only this machine can reach the process: the demo tokens and simulators are on.</summary>
    public bool IsLocalMode { get; }

    /// <summary>Adds a module: its endpoint on the bus and its HTTP routes.</summary>
    public OrdersProcessBuilder AddModule(
        string name, Action<EndpointConfiguration> configureEndpoint, Action<IEndpointRouteBuilder>? mapRoutes = null)
    {
        Services.AddBusEndpoint(name, configureEndpoint);
        return mapRoutes is null ? this : MapRoutes(mapRoutes);
    }

    /// <summary>Adds HTTP routes that belong to no endpoint of the bus.</summary>
    public OrdersProcessBuilder MapRoutes(Action<IEndpointRouteBuilder> mapRoutes)
    {
        routes.Add(mapRoutes);
        return this;
    }

    /// <summary>
    /// Asked before anything else is done for a request: an answer ends it, null lets it in. For overload, where whoever is
    /// refused must cost next to nothing.
    /// </summary>
    public OrdersProcessBuilder RefuseEarly(Func<HttpContext, IResult?> refuse)
    {
        refusals.Add(refuse);
        return this;
    }

    internal WebApplication Build()
    {
        var app = Web.Build();
        foreach (var refuse in refusals)
        {
            app.Use(next => http => refuse(http) is { } answer ? answer.ExecuteAsync(http) : next(http));
        }

        app.UseForwardedHeaders(proxies);
        app.UseMiddleware<Http.HeadMiddleware>();
        app.UseMiddleware<Http.ProblemMiddleware>();
        if (IsLocalMode)
        {
            app.UseMiddleware<LocalModeMiddleware>();
        }

        app.UseRouting();
        app.UseRequestSpanNames();
        app.UseMiddleware<CallerMiddleware>();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseMiddleware<AccessMiddleware>();
        app.UseMiddleware<Http.AcceptMiddleware>();
        OperationsRoutes.Map(app);
        app.MapHealth();
        app.MapMetrics();
        app.MapOpenApi();
        _ = app.Services.GetService<TracerProvider>();
        foreach (var map in routes)
        {
            map(app);
        }

        return app;
    }

    private void AddAccess(IReadOnlyList<ConfiguredToken> tokens)
    {
        Services.AddSingleton<Secrets>();
        Services.AddSingleton<OrderAccessTokens>();
        Services.AddSingleton<IOrderAccessTokens>(provider => provider.GetRequiredService<OrderAccessTokens>());
        Services.AddSingleton(provider => new TokenStore(tokens, provider.GetRequiredService<OrderAccessTokens>()));
        // Read now: a limit that cannot be meant refuses the start, not the first request.
        var limits = RateLimit.OptionsFrom(Configuration);
        Services.AddSingleton(_ => new RateLimit(limits));
    }
}
