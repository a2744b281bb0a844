using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orders.Bus.Storage;
using Orders.Dispatch.Carriers;
using Orders.Hosting.Http;
using Orders.Simulators;

namespace Orders.Tests.Integration.Simulators.Carrier;

/// <summary>The carriers' simulator on a database, served on a free port, and Dispatch's client for it.</summary>
internal sealed class CarrierRig : IAsyncDisposable
{
    private readonly WebApplication web;

    private CarrierRig(WebApplication web) => this.web = web;

    public IServiceProvider Services => web.Services;

    public ICarrierApi Carriers => Services.GetRequiredService<ICarrierApi>();

    public HttpClient Http() => new() { BaseAddress = new Uri(web.Urls.First()) };

    public static async Task<CarrierRig> StartAsync(string connection, string gateway, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Orders:Gateway", (string?)gateway)]);
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(_ => NpgsqlDataSource.Create(connection))
            .AddScoped<BatchStorage>()
            .AddSimulators()
            .AddSingleton(CarrierOptions.From(builder.Configuration))
            .AddSingleton(CarrierClient.Create);
        var app = builder.Build();
        app.UseMiddleware<ProblemMiddleware>();
        app.MapSimulators();
        foreach (var migrations in app.Services.GetServices<ModuleMigrations>())
        {
            await migrations.MigrateAsync(app.Services, cancellationToken);
        }

        await app.StartAsync(cancellationToken);
        return new(app);
    }

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync(CancellationToken.None);
        await web.DisposeAsync();
    }
}
