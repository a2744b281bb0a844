using System.Security.Cryptography;
using System.Text;
using Orders.Webhooks.Crm.Formats;

namespace Orders.Webhooks.Crm.Intake;

/// <summary>An event and what tells whether another of its id is the same.</summary>
internal sealed record HashedEvent(CrmEvent Event, byte[] Hash)
{
    public static HashedEvent Of(CrmEvent one) => new(one, SHA256.HashData(Encoding.UTF8.GetBytes(one.Text)));
}
