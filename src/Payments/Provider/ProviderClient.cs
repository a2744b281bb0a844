using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using RestEase;

namespace Orders.Payments.Provider;

/// <summary>Builds the provider's client.</summary>
internal static class ProviderClient
{
    public const string UrlSetting = "Orders:PaymentProvider:Url";

    public static IPaymentGateway Create(IServiceProvider services)
    {
        // Many calls may wait for a slow issuer at once; each has a connection of its own.
        var handler = new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 512,
            ConnectTimeout = TimeSpan.FromSeconds(2),
        };

        // The bus cancels an attempt that takes too long; a second time limit here would only hide which one it was.
        var http = new HttpClient(handler) { BaseAddress = UrlOf(services), Timeout = Timeout.InfiniteTimeSpan };
        return new HttpPaymentGateway(new RestClient(http)
        {
            RequestBodySerializer = new ProviderRequestSerializer(),
            ResponseDeserializer = new ProviderResponseDeserializer(),
        }.For<IProviderApi>());
    }

    private static Uri UrlOf(IServiceProvider services) => services.GetRequiredService<IConfiguration>()[UrlSetting] is { } configured
        ? new Uri(configured.EndsWith('/') ? configured : configured + "/")
        : OwnSimulator(services);

    // Read when the first call is made: the port is known only once the server listens.
    private static Uri OwnSimulator(IServiceProvider services)
    {
        var address = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException(
                $"No payment provider can be called: this process serves no address of its own. Set {UrlSetting} to the provider's address.");
        return new Uri(new Uri(address), "/sim/psp/");
    }
}
