using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orders.Hosting.Access;
using Orders.Hosting.Storage;

namespace Orders.Hosting;

/// <summary>One running process: its database is up to date, its modules handle messages, it answers HTTP.</summary>
public sealed class OrdersProcess : IAsyncDisposable
{
    private readonly WebApplication web;

    private OrdersProcess(WebApplication web) => this.web = web;

    public IServiceProvider Services => web.Services;

    /// <summary>The first address that it listens on, with its real port.</summary>
    public Uri Url => new(web.Urls.First());

    /// <summary>Parses the command line, runs until SIGTERM or SIGINT, drains, and returns the exit code.</summary>
    public static Task<int> RunAsync(string[] args, Action<OrdersProcessBuilder> configure) =>
        ProcessCommand.InvokeAsync(ProcessCommand.Create("Runs one module of Orders.", configure), args);

    /// <summary>Starts a process; dispose it to drain and stop.</summary>
    /// <exception cref="StartupException">It cannot start as configured.</exception>
    public static async Task<OrdersProcess> StartAsync(
        OrdersProcessOptions options, Action<OrdersProcessBuilder> configure, CancellationToken cancellationToken)
    {
        var connection = options.Connection
            ?? throw new StartupException("No PostgreSQL is configured. Give --connection \"Host=…\".");
        var builder = new OrdersProcessBuilder(NewBuilder(options), options, connection);
        configure(builder);
        var app = builder.Build();
        try
        {
            await Migrator.MigrateAsync(app.Services, cancellationToken);
            await app.Services.GetRequiredService<Secrets>().LoadAsync(
                app.Services.GetRequiredService<NpgsqlDataSource>(), cancellationToken);
            await app.StartAsync(cancellationToken);
            return new(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes when the process was asked to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => web.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync(CancellationToken.None);
        await web.DisposeAsync();
    }

    private static WebApplicationBuilder NewBuilder(OrdersProcessOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(options.Settings);
        builder.WebHost.UseUrls([.. options.UrlList]);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        return builder;
    }
}
