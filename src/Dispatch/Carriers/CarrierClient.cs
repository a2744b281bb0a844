using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using RestEase;

namespace Orders.Dispatch.Carriers;

/// <summary>Builds the client of the carriers' gateway: over HTTP, or by a handler that some other part registered in its place.</summary>
internal static class CarrierClient
{
    /// <summary>The key under which an <see cref="HttpMessageHandler"/> may stand in for the network.</summary>
    public const string InProcessHandler = "carrier";

    public static ICarrierApi Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<CarrierOptions>();
        var handler = services.GetKeyedService<HttpMessageHandler>(InProcessHandler) ?? new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 64,
        };

        // The bus cancels an attempt that takes too long; a second time limit here would only hide which one it was.
        var http = new HttpClient(handler) { BaseAddress = options.Url ?? OwnSimulator(services), Timeout = Timeout.InfiniteTimeSpan };
        return new RestClient(http)
        {
            RequestBodySerializer = new CarrierRequestSerializer(),
            ResponseDeserializer = new CarrierResponseDeserializer(),
        }.For<ICarrierApi>();
    }

    // Read when the first booking is made: the port is known only once the server listens.
    private static Uri OwnSimulator(IServiceProvider services)
    {
        var address = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException(
                "No carrier can be called: this process serves no address of its own. Set Orders:Carrier:Url to the carriers' gateway.");
        return new Uri(new Uri(address), "/sim/carrier/");
    }
}
