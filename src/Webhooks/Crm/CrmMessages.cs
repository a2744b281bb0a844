using System.Text.Encodings.Web;
using Orders.Bus.Composition;
using static Orders.Bus.Composition.MessageContract;
using static Orders.Contracts.Catalogue;

namespace Orders.Webhooks.Crm;

/// <summary>The messages about CRMs that only this module sends and handles. What is of one record goes by its key, in order.</summary>
internal static class CrmMessages
{
    // They hold what others wrote: it grows no more by being written than it must, and an operator can read it.
    private static readonly WebhooksJson Json = new(new(WebhooksJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static IReadOnlyList<MessageContract> All { get; } =
    [
        Private("webhooks.apply-crm-change", 1, WebhooksModule.Name, Json.ApplyCrmChange, m => ByCustomer(m.Source, m.Change.RecordId)),
        Private("webhooks.crm-event-set-aside", 1, WebhooksModule.Name, Json.CrmEventSetAside, m => ByCustomer(m.Source, m.EventId)),
        Private("webhooks.erase-customer", 1, WebhooksModule.Name, Json.EraseCustomer, m => m.CustomerId),
        Private("webhooks.read-record", 1, WebhooksModule.Name, Json.ReadRecord, m => ByCustomer(m.Source, m.RecordId)),
        Private("webhooks.record-read", 1, WebhooksModule.Name, Json.RecordRead, m => ByCustomer(m.Source, m.RecordId)),
        Private("webhooks.resync-source", 1, WebhooksModule.Name, Json.ResyncSource, m => m.Source),
        Private("webhooks.reconcile-source", 1, WebhooksModule.Name, Json.ReconcileSource, m => m.Source),
        Private("webhooks.source-reconciled", 1, WebhooksModule.Name, Json.SourceReconciled, m => m.Source),
    ];
}
