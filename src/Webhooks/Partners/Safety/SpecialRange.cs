using System.Net;

namespace Orders.Webhooks.Partners.Safety;

/// <summary>Addresses that are not the public internet's, with what says so.</summary>
internal sealed record SpecialRange(IPNetwork Network, string What, string Source)
{
    public override string ToString() => $"{Network} ({What}, {Source})";
}
