using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Formats;

/// <summary>The formats, by name.</summary>
internal sealed class CrmFormats
{
    private readonly StandardFormat standard = new();
    private readonly OutboundFormat outbound = new();
    private readonly CdcFormat cdc = new();

    public ICrmFormat Of(CrmFormat format) => format switch
    {
        CrmFormat.Standard => standard,
        CrmFormat.SalesforceOutbound => outbound,
        CrmFormat.SalesforceCdc => cdc,
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Give the new format its reader here."),
    };
}
