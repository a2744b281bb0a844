using System.Security.Cryptography;
using System.Text;

namespace Orders.Webhooks.Partners.Events;

/// <summary>What partners hear.</summary>
/// <param name="Id">The same for the same happening, however often it is told here.</param>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Key">The order, customer or item: its events reach an endpoint in order.</param>
/// <param name="At">When it happened.</param>
/// <param name="Body">The JSON that is sent.</param>
internal sealed record PartnerEvent(Guid Id, string Type, string Key, DateTimeOffset At, string Body)
{
    /// <param name="type">The event's type.</param>
    /// <param name="key">What it is about.</param>
    /// <param name="version">Tells it from other events of this type and key.</param>
    public static Guid IdOf(string type, string key, string version) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{type}\n{key}\n{version}")).AsSpan(0, 16), bigEndian: true);
}
