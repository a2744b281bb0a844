using Orders.Hosting;
using Orders.Webhooks;

namespace Orders.Host.Demo;

/// <summary>What to show.</summary>
/// <param name="Data">The folder to run on; null: a throw-away one.</param>
/// <param name="Messages">What carries them.</param>
internal sealed record DemoOptions(int Orders, bool Plain, string? Data, (MessageTransport Transport, string? Broker) Messages)
{
    /// <summary>Short, so that an unresolved payment and a refused shipment reach their ends while one watches.</summary>
    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Orders:PaymentDeadline"] = "00:00:15",
        ["Orders:DispatchDeadline"] = "00:00:20",
        // The demo's partner is on this machine, and what arrives from the CRM is to come by its webhook, not by the schedule.
        [WebhooksModule.AllowLoopbackSetting] = "true",
        ["Orders:Crm:Scheduled"] = "false",
        ["Logging:LogLevel:Default"] = "Critical",
    };
}
