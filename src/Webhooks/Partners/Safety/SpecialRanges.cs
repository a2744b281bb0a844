using System.Net;

namespace Orders.Webhooks.Partners.Safety;

/// <summary>
/// The special-use ranges of IANA's registries (iana-ipv4-special-registry, iana-ipv6-special-registry), the multicast ranges,
/// and every form of IPv6 address that carries an IPv4 address: who is sent there may end at a machine that is not public.
/// Whatever IPv6 address is not of 2000::/3 is none that a public machine can have (RFC 4291, section 2.4).
/// </summary>
internal static class SpecialRanges
{
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly SpecialRange Mapped = Of("::ffff:0:0/96", "IPv4-mapped", "RFC 4291");

    public static IReadOnlyList<SpecialRange> All { get; } =
    [
        Of("0.0.0.0/8", "this network", "RFC 791"),
        Of("10.0.0.0/8", "private use", "RFC 1918"),
        Of("100.64.0.0/10", "shared address space", "RFC 6598"),
        Of("127.0.0.0/8", "loopback", "RFC 1122"),
        Of("169.254.0.0/16", "link local", "RFC 3927"),
        Of("172.16.0.0/12", "private use", "RFC 1918"),
        Of("192.0.0.0/24", "protocol assignments", "RFC 6890"),
        Of("192.0.2.0/24", "documentation", "RFC 5737"),
        Of("192.31.196.0/24", "AS112", "RFC 7535"),
        Of("192.52.193.0/24", "AMT", "RFC 7450"),
        Of("192.88.99.0/24", "6to4 relay anycast", "RFC 7526"),
        Of("192.168.0.0/16", "private use", "RFC 1918"),
        Of("192.175.48.0/24", "AS112", "RFC 7534"),
        Of("198.18.0.0/15", "benchmarking", "RFC 2544"),
        Of("198.51.100.0/24", "documentation", "RFC 5737"),
        Of("203.0.113.0/24", "documentation", "RFC 5737"),
        Of("224.0.0.0/4", "multicast", "RFC 5771"),
        Of("255.255.255.255/32", "limited broadcast", "RFC 919"),
        Of("240.0.0.0/4", "reserved", "RFC 1112"),

        Of("::1/128", "loopback", "RFC 4291"),
        Of("::/128", "unspecified", "RFC 4291"),
        Mapped,
        Of("::/96", "IPv4-compatible", "RFC 4291"),
        Of("::ffff:0:0:0/96", "IPv4-translated", "RFC 2765"),
        Of("64:ff9b::/96", "NAT64", "RFC 6052"),
        Of("64:ff9b:1::/48", "local NAT64", "RFC 8215"),
        Of("100::/64", "discard only", "RFC 6666"),
        Of("100:0:0:1::/64", "dummy prefix", "RFC 9780"),
        Of("2001::/32", "Teredo", "RFC 4380"),
        Of("2001:2::/48", "benchmarking", "RFC 5180"),
        Of("2001:3::/32", "AMT", "RFC 7450"),
        Of("2001:4:112::/48", "AS112", "RFC 7535"),
        Of("2001:10::/28", "ORCHID", "RFC 4843"),
        Of("2001:20::/28", "ORCHIDv2", "RFC 7343"),
        Of("2001:30::/28", "drone remote ID", "RFC 9374"),
        Of("2001::/23", "protocol assignments", "RFC 2928"),
        Of("2001:db8::/32", "documentation", "RFC 3849"),
        Of("2002::/16", "6to4", "RFC 3056"),
        Of("2620:4f:8000::/48", "AS112", "RFC 7534"),
        Of("3fff::/20", "documentation", "RFC 9637"),
        Of("5f00::/16", "segment routing", "RFC 9602"),
        Of("fc00::/7", "unique local", "RFC 4193"),
        Of("fe80::/10", "link local", "RFC 4291"),
        Of("fec0::/10", "site local", "RFC 3879"),
        Of("ff00::/8", "multicast", "RFC 4291"),
        Of("::/0", "not assigned to public machines", "RFC 4291"),
    ];

    /// <summary>The range that makes the address special, the narrowest named first; null for a public one.</summary>
    public static SpecialRange? Find(IPAddress address) =>
        // .NET takes a mapped address for the IPv4 address itself, and finds it in no IPv6 network.
        address.IsIPv4MappedToIPv6 ? Mapped : All.FirstOrDefault(range => range.Network.Contains(address) && !IsGlobal(range, address));

    // The last entry stands for what is left over when 2000::/3 is taken away.
    private static bool IsGlobal(SpecialRange range, IPAddress address) => range == All[^1] && GlobalUnicast.Contains(address);

    private static SpecialRange Of(string network, string what, string source) => new(IPNetwork.Parse(network), what, source);
}
