using System.Net;
using System.Net.Sockets;
using Orders.Webhooks.Partners.Safety;

namespace Orders.Tests.Unit.Webhooks.Partners.Safety;

public sealed class DestinationsTests
{
    private static readonly DestinationRules Rules = new(AllowLoopback: false, [443]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DestinationUrlTests.SpecialAddresses), MemberType = typeof(DestinationUrlTests))]
    public async Task A_name_of_a_special_address_is_refused_with_the_same_words_at_registration_and_at_connection(string host)
    {
        var destinations = Of(IPAddress.Parse("93.184.216.34"), IPAddress.Parse(host.Trim('[', ']')));

        var (_, atRegistration) = await destinations.CheckAsync("https://hooks.example.com/", Token);
        var atConnection = await Assert.ThrowsAsync<DestinationRefusedException>(() => destinations.ConnectAsync(new("hooks.example.com", 443), Token).AsTask());

        Assert.Contains(" is in ", atRegistration, StringComparison.Ordinal);
        Assert.Equal(atRegistration, atConnection.Message);
    }

    [Fact]
    public async Task A_name_that_was_public_when_it_was_registered_is_refused_when_it_is_loopback_at_connection()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var names = new Names { Addresses = [IPAddress.Parse("93.184.216.34")] };
        var destinations = new Destinations(Rules, names);
        Assert.NotNull((await destinations.CheckAsync("https://hooks.example.com/", Token)).Destination);

        names.Addresses = [IPAddress.Loopback];

        await Assert.ThrowsAsync<DestinationRefusedException>(
            () => destinations.ConnectAsync(new("hooks.example.com", ((IPEndPoint)listener.LocalEndpoint).Port), Token).AsTask());
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task An_address_itself_is_looked_at_again_at_connection() =>
        await Assert.ThrowsAsync<DestinationRefusedException>(() => Of().ConnectAsync(new("127.0.0.1", 443), Token).AsTask());

    [Fact]
    public async Task A_name_that_stands_for_nothing_yet_is_taken() =>
        Assert.NotNull((await new Destinations(Rules, new Names()).CheckAsync("https://hooks.example.com/", Token)).Destination);

    private static Destinations Of(params IPAddress[] addresses) => new(Rules, new Names { Addresses = addresses });

    private sealed class Names : IHostNames
    {
        public IPAddress[]? Addresses { get; set; }

        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) =>
            Addresses is null ? throw new SocketException((int)SocketError.HostNotFound) : Task.FromResult(Addresses);
    }
}
