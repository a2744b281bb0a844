using System.Text;
using Microsoft.AspNetCore.Http;
using Orders.Hosting;
using Orders.Webhooks.Crm.Formats;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Tests.Unit.Webhooks.Crm.Formats;

/// <summary>Calls as CRMs make them.</summary>
internal static class Calls
{
    public const string Organization = "00D7F00000107XsUAI";

    public static readonly WebhookSecret Secret = WebhookSecret.Create();
    public static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_769_860_800);

    public static readonly CrmSource Standard = new() { Name = "s", Format = CrmFormat.Standard, Secrets = [Secret] };
    public static readonly CrmSource Outbound = new() { Name = "o", Format = CrmFormat.SalesforceOutbound, Organization = Organization, Keys = ["old", "new"] };
    public static readonly CrmSource Cdc = new() { Name = "c", Format = CrmFormat.SalesforceCdc, Secrets = [Secret] };

    public static CrmCall Signed(string body, string id = "evt_1")
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return new(
            new HeaderDictionary
            {
                [WebhookSignature.IdHeader] = id,
                [WebhookSignature.TimestampHeader] = WebhookSignature.Timestamp(Now),
                [WebhookSignature.SignatureHeader] = WebhookSignature.Sign(id, Now, bytes, Secret),
            },
            new QueryCollection(),
            bytes);
    }

    public static CrmCall Keyed(string body, params string[] keys) => new(
        new HeaderDictionary(), new QueryCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues> { ["key"] = keys }), Encoding.UTF8.GetBytes(body));

    public static string Soap(string notifications, string organization = Organization, string prologue = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>") =>
        $"""
        {prologue}
        <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
          <soapenv:Body>
            <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
              <OrganizationId>{organization}</OrganizationId><ActionId>04k0</ActionId><SessionId xsi:nil="true"/>
              {notifications}
            </notifications>
          </soapenv:Body>
        </soapenv:Envelope>
        """;

    public static string Notification(string id, string fields, string type = "sf:Contact") =>
        $"""<Notification><Id>{id}</Id><sObject xsi:type="{type}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">{fields}</sObject></Notification>""";

    public static string Changed(string type, string members = "", string ids = "\"003A\"", string entity = "Contact", string more = "") =>
        $$"""
        {"ChangeEventHeader":{"entityName":"{{entity}}","recordIds":[{{ids}}],"changeType":"{{type}}","transactionKey":"t","sequenceNumber":2,
        "commitTimestamp":1606869985000,"commitNumber":1045310783446{{more}}}{{members}}}
        """;
}
