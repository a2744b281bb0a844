using System.Globalization;
using System.Net;

namespace Orders.Webhooks.Partners.Safety;

/// <summary>
/// An address that a partner gave, spelled in the one way in which everybody reads the same: parsers differ in octal, hexadecimal
/// and shortened numbers, in user info, backslashes, percent signs and names beyond ASCII, so these are refused, not guessed.
/// </summary>
/// <param name="Url">Normalised, without a fragment.</param>
/// <param name="Address">Where the host is written as an address.</param>
internal sealed record DestinationUrl(Uri Url, IPAddress? Address)
{
    public const int MaxLength = 2048;

    private static readonly string[] SpecialNames = ["localhost", "local", "internal", "test", "invalid", "example", "onion", "alt", "home.arpa", "in-addr.arpa", "ip6.arpa"];

    /// <summary>Pure: looks up no name.</summary>
    /// <returns>The destination, or why it is refused.</returns>
    public static (DestinationUrl? Destination, string? Refusal) Parse(string text, DestinationRules rules)
    {
        if (text.Length > MaxLength || text.AsSpan().ContainsAnyExceptInRange('!', '~') || text.Contains('\\', StringComparison.Ordinal))
        {
            return Refused($"An address is at most {MaxLength} characters of visible ASCII, without a backslash. Write a name beyond ASCII as xn--….");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var given) || !text.StartsWith(given.Scheme + "://", StringComparison.OrdinalIgnoreCase))
        {
            return Refused("It is no address such as https://partner.example.com/hooks.");
        }

        var authority = text[(given.Scheme.Length + 3)..].Split('/', '?', '#')[0];
        return authority.Contains('@', StringComparison.Ordinal) ? Refused("User names and passwords in the address are not used. Leave them out.")
            : given.Scheme != Uri.UriSchemeHttps && !(rules.AllowLoopback && given.Scheme == Uri.UriSchemeHttp) ? Refused("Deliveries are made by https only.")
            : !rules.AllowLoopback && !rules.Ports.Contains(given.Port) ? Refused($"Port {given.Port} is not allowed. Use {string.Join(" or ", rules.Ports)}.")
            : OfHost(given, HostOf(authority), rules);
    }

    private static (DestinationUrl? Destination, string? Refusal) OfHost(Uri given, string host, DestinationRules rules)
    {
        if (host.StartsWith('['))
        {
            // A zone names an interface of this machine: it has no meaning anywhere else.
            return !host.Contains('%', StringComparison.Ordinal) && IPAddress.TryParse(host.Trim('[', ']'), out var v6)
                ? OfAddress(given, v6, rules)
                : Refused($"{host} is no IPv6 address, or has a zone.");
        }

        host = (host.EndsWith('.') ? host[..^1] : host).ToLowerInvariant();
        var labels = host.Split('.');
        if (IsNumber(labels[^1]))
        {
            return IPAddress.TryParse(host, out var v4) && v4.ToString() == host
                ? OfAddress(given, v4, rules)
                : Refused($"{host} is an address in an odd spelling. Write it as four decimal numbers such as 93.184.216.34.");
        }

        if (host.Length > 253 || !labels.All(IsLabel))
        {
            return Refused($"{host} is no host's name: labels of 1 to 63 letters, digits and inner hyphens, apart by dots.");
        }

        var isLocal = rules.AllowLoopback && labels[^1] == "localhost";
        return !isLocal && (labels.Length == 1 || SpecialNames.Any(name => host == name || host.EndsWith("." + name, StringComparison.Ordinal)))
            ? Refused($"{host} is no name of a public host.")
            : (new(Normalised(given, host), null), null);
    }

    private static (DestinationUrl? Destination, string? Refusal) OfAddress(Uri given, IPAddress address, DestinationRules rules) =>
        rules.Refusal(address) is { } refusal
            ? Refused(refusal)
            : (new(Normalised(given, address.ToString() is var text && text.Contains(':', StringComparison.Ordinal) ? $"[{text}]" : text), address), null);

    private static Uri Normalised(Uri given, string host) =>
        new($"{given.Scheme}://{host}{(given.IsDefaultPort ? "" : ":" + given.Port.ToString(CultureInfo.InvariantCulture))}{given.PathAndQuery}");

    private static string HostOf(string authority) => authority.StartsWith('[') && authority.Contains(']', StringComparison.Ordinal)
        ? authority[..(authority.IndexOf(']', StringComparison.Ordinal) + 1)]
        : authority.Split(':')[0];

    /// <summary>What some parser somewhere reads as a number makes the host an address (WHATWG URL, "ends in a number").</summary>
    private static bool IsNumber(string label) => label.All(char.IsAsciiDigit)
        || (label.StartsWith("0x", StringComparison.Ordinal) && label[2..].All(char.IsAsciiHexDigit));

    private static bool IsLabel(string label) => label is { Length: >= 1 and <= 63 } && label[0] != '-' && label[^1] != '-'
        && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static (DestinationUrl? Destination, string? Refusal) Refused(string why) => (null, why);
}
