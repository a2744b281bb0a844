using Orders.Webhooks.Crm.Merging;

namespace Orders.Webhooks.Crm.Reading;

/// <summary>Ask the CRM how the record really is.</summary>
internal sealed record ReadRecord(string Source, string RecordId, long Number) : ICommand;

/// <summary>What it answered: the record as it is, or nothing where it knows none. Given up, it has not answered for a long time.</summary>
internal sealed record RecordRead(string Source, string RecordId, long Number, CrmChange? Found, bool GivenUp = false) : ICommand;
