using Orders.Bus.Composition;
using static Orders.Bus.Composition.MessageContract;
using static Orders.Contracts.Catalogue;

namespace Orders.Webhooks.Crm;

/// <summary>The messages about CRMs that only this module sends and handles. What is of one record goes by its key, in order.</summary>
internal static class CrmMessages
{
    public static IReadOnlyList<MessageContract> All { get; } =
    [
        Private("webhooks.apply-crm-change", 1, WebhooksModule.Name, WebhooksJson.Default.ApplyCrmChange, m => ByCustomer(m.Source, m.Change.RecordId)),
        Private("webhooks.crm-event-set-aside", 1, WebhooksModule.Name, WebhooksJson.Default.CrmEventSetAside, m => ByCustomer(m.Source, m.EventId)),
        Private("webhooks.read-record", 1, WebhooksModule.Name, WebhooksJson.Default.ReadRecord, m => ByCustomer(m.Source, m.RecordId)),
        Private("webhooks.record-read", 1, WebhooksModule.Name, WebhooksJson.Default.RecordRead, m => ByCustomer(m.Source, m.RecordId)),
        Private("webhooks.resync-source", 1, WebhooksModule.Name, WebhooksJson.Default.ResyncSource, m => m.Source),
        Private("webhooks.reconcile-source", 1, WebhooksModule.Name, WebhooksJson.Default.ReconcileSource, m => m.Source),
        Private("webhooks.source-reconciled", 1, WebhooksModule.Name, WebhooksJson.Default.SourceReconciled, m => m.Source),
    ];
}
