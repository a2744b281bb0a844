using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orders.Bus.Engine;
using Orders.Hosting.Access;
using Orders.Hosting.Servers;
using Orders.Hosting.Storage;

namespace Orders.Hosting;

/// <summary>One running process: its database is up to date, its modules handle messages, it answers HTTP.</summary>
public sealed class OrdersProcess : IAsyncDisposable
{
    private readonly WebApplication web;

    private readonly PrivateServers servers;

    private OrdersProcess(WebApplication web, PrivateServers servers) => (this.web, this.servers) = (web, servers);

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
        if (FaultPoints.Fault is { } misspelt)
        {
            throw new StartupException(misspelt);
        }

        var own = await PrivateServers.StartAsync(options, cancellationToken);
        WebApplication? app = null;
        try
        {
            var builder = new OrdersProcessBuilder(NewBuilder(options), options, own.Connection, own.Broker);
            configure(builder);
            app = builder.Build();
            await PrepareAsync(app.Services, cancellationToken);
            await app.StartAsync(cancellationToken);
            return new(app, own);
        }
        catch (Exception refused)
        {
            var why = app?.Services.GetRequiredService<IBusState>().Fault is { } fault ? BusFailed(fault) : null;
            await (app?.DisposeAsync() ?? ValueTask.CompletedTask);
            await own.DisposeAsync();
            if (refused is TransportException)
            {
                throw new StartupException(refused.Message);
            }

            if (why is not null && refused is not StartupException)
            {
                throw why;
            }

            throw;
        }
    }

    /// <summary>Completes when the process was asked to stop.</summary>
    /// <exception cref="StartupException">Its own PostgreSQL or RabbitMQ is lost, or the bus failed: it cannot go on.</exception>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken)
    {
        var asked = web.WaitForShutdownAsync(cancellationToken);
        if (await Task.WhenAny(asked, servers.Lost) == servers.Lost)
        {
            throw await servers.Lost;
        }

        await asked;
        if (Services.GetRequiredService<IBusState>().Fault is { } fault)
        {
            throw BusFailed(fault);
        }
    }

    private static StartupException BusFailed(Exception fault) =>
        new($"The bus failed and the process has stopped: {fault.Message} The log says where. Start it again.");

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync(CancellationToken.None);
        await web.DisposeAsync();
        await servers.DisposeAsync();
    }

    private static async Task PrepareAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<NpgsqlDataSource>();
        await ReachAsync(database, cancellationToken);
        await Migrator.MigrateAsync(services, cancellationToken);
        await services.GetRequiredService<Secrets>().LoadAsync(database, cancellationToken);
        // Before the host starts it, which would log what it refuses with a stack.
        await services.GetRequiredService<IBusState>().PrepareAsync(cancellationToken);
    }

    private static async Task ReachAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new StartupException(
                $"PostgreSQL cannot be reached ({e.GetBaseException().Message}). Check host, port, user, password and database of --connection, and that the server runs.");
        }
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
            // Bytes beyond ASCII reach the checks of each header, which refuse them with a problem, not Kestrel with an empty 400.
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            // Each costs memory, whatever it asks for; those beyond are closed.
            kestrel.Limits.MaxConcurrentConnections = 10_000;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        return builder;
    }
}
