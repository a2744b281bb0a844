using Orders.Hosting;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Formats;

/// <summary>The proof of Standard Webhooks, by its three headers, each there once.</summary>
internal static class StandardProof
{
    public static bool Holds(CrmSource source, CrmCall call, DateTimeOffset now) => WebhookSignature.Proves(
        call.Header(WebhookSignature.IdHeader),
        call.Header(WebhookSignature.TimestampHeader),
        call.Header(WebhookSignature.SignatureHeader),
        call.Body,
        source.Secrets,
        now);
}
