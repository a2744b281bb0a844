using Orders.Webhooks.Crm.Merging;

namespace Orders.Webhooks.Crm.Customers;

/// <summary>Names a record of one CRM.</summary>
internal sealed record CustomerKey(string Source, string Id);

/// <summary>What is kept of one record.</summary>
/// <param name="Key">Which.</param>
/// <param name="State">All that was heard; null where nothing was, but that it may have changed.</param>
/// <param name="Revision">How often whoever looks saw something else: the number of the last message about it.</param>
/// <param name="ReadsAsked">How often the CRM was asked how it really is.</param>
/// <param name="ReadsAnswered">The last of those that is answered. While they differ the record is marked.</param>
internal sealed record Customer(CustomerKey Key, RecordState? State, long Revision = 0, long ReadsAsked = 0, long ReadsAnswered = 0);
