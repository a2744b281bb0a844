using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using RestEase;

namespace Orders.Dispatch.Carriers;

/// <summary>Builds the client of the carriers' gateway: over HTTP, or by a handler that some other part registered in its place.</summary>
internal static class CarrierClient
{
    /// <summary>The key under which the simulator offers an <see cref="HttpMessageHandler"/> in place of the network.</summary>
    public const string InProcessHandler = "carrier";

    public static ICarrierApi Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<CarrierOptions>();
        var handler = options.InProcess ? InProcess(services) : Network();

        // The bus cancels an attempt that takes too long; a second time limit here would only hide which one it was.
        var http = new HttpClient(handler)
        {
            BaseAddress = options.Url ?? (options.InProcess ? new Uri("http://inprocess/sim/carrier/") : OwnSimulator(services)),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        return new RestClient(http)
        {
            RequestBodySerializer = new CarrierRequestSerializer(),
            ResponseDeserializer = new CarrierResponseDeserializer(),
        }.For<ICarrierApi>();
    }

    // No limit on connections: the bus limits the calls to each carrier, and all of them are behind one address.
    private static SocketsHttpHandler Network() => new() { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };

    private static HttpMessageHandler InProcess(IServiceProvider services) =>
        services.GetKeyedService<HttpMessageHandler>(InProcessHandler) ?? throw new InvalidOperationException(
            "Orders:Gateway is 'inprocess', but this process runs no carrier simulator. Use 'http', or run the simulators here.");

    // Read when the first booking is made: the port is known only once the server listens. Failing before that is harmless,
    // because the booking is asked for again.
    private static Uri OwnSimulator(IServiceProvider services)
    {
        var address = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException(
                "No carrier can be called: this process does not listen (yet). If it never does, set Orders:Carrier:Url to the carriers' gateway.");
        var own = new UriBuilder(address.Replace("*", "127.0.0.1", StringComparison.Ordinal).Replace("+", "127.0.0.1", StringComparison.Ordinal));
        if (own.Port == 0)
        {
            throw new InvalidOperationException("No carrier can be called yet: this process has no port so far. The call is repeated.");
        }

        if (own.Host is "0.0.0.0" or "[::]")
        {
            own.Host = "127.0.0.1";
        }

        own.Path = "/sim/carrier/";
        return own.Uri;
    }
}
