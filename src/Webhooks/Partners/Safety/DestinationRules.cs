using System.Globalization;
using System.Net;
using Orders.Hosting;

namespace Orders.Webhooks.Partners.Safety;

/// <summary>Where deliveries may go. Settings <c>Orders:Webhooks:AllowLoopback</c> and <c>Orders:Webhooks:AllowedPorts</c>.</summary>
/// <param name="AllowLoopback">http, loopback and every port are good as well: for local work.</param>
/// <param name="Ports">Besides these none.</param>
internal sealed record DestinationRules(bool AllowLoopback, IReadOnlyList<int> Ports)
{
    private const string PortsSetting = "Orders:Webhooks:AllowedPorts";

    /// <exception cref="StartupException">A setting cannot be meant.</exception>
    public static DestinationRules Read(IConfiguration configuration) => new(
        configuration[WebhooksModule.AllowLoopbackSetting] switch
        {
            null => false,
            var text when bool.TryParse(text, out var allowed) => allowed,
            var text => throw new StartupException($"The setting {WebhooksModule.AllowLoopbackSetting} is '{text}'. Give true or false."),
        },
        [.. (configuration[PortsSetting] ?? "443,8443").Split(',', StringSplitOptions.TrimEntries).Select(Port)]);

    /// <summary>Why nothing is sent to this address, or null. The same words wherever it is asked.</summary>
    public string? Refusal(IPAddress address) => SpecialRanges.Find(address) is { } range && !(AllowLoopback && IPAddress.IsLoopback(address) && !address.IsIPv4MappedToIPv6)
        ? $"{address} is in {range}. Deliveries go to public addresses only."
        : null;

    private static int Port(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
        ? port
        : throw new StartupException($"The setting {PortsSetting} holds '{text}'. Give ports such as 443,8443.");
}
