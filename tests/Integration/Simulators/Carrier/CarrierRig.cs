using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
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
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Orders:Gateway", (string?)gateway)]);
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(_ => NpgsqlDataSource.Create(connection))
            .AddScoped<BatchStorage>()
            .AddSimulators()
            .AddSingleton(CarrierOptions.From(builder.Configuration))
            .AddSingleton(CarrierClient.Create);
        var web = builder.Build();
        web.UseMiddleware<ProblemMiddleware>();
        web.MapSimulators();
        foreach (var migrations in web.Services.GetServices<ModuleMigrations>())
        {
            await migrations.MigrateAsync(web.Services, cancellationToken);
        }

        await web.StartAsync(cancellationToken);
        return new(web);
    }

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync(CancellationToken.None);
        await web.DisposeAsync();
    }
}
