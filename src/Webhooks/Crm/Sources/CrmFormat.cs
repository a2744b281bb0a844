namespace Orders.Webhooks.Crm.Sources;

/// <summary>How a source writes, and with it how it proves who it is.</summary>
internal enum CrmFormat
{
    /// <summary>JSON of our own, by Standard Webhooks.</summary>
    Standard,

    /// <summary>Salesforce's SOAP 1.1 Outbound Messages, by organisation id and a key in the query.</summary>
    SalesforceOutbound,

    /// <summary>Salesforce's change events, forwarded by a bridge, by Standard Webhooks.</summary>
    SalesforceCdc,
}
