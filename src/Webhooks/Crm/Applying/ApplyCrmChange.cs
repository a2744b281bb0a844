using Orders.Webhooks.Crm.Merging;

namespace Orders.Webhooks.Crm.Applying;

/// <summary>Put what the CRM said of a record into what is known of it.</summary>
internal sealed record ApplyCrmChange(string Source, CrmChange Change) : ICommand;
