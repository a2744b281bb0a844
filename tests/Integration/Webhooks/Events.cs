namespace Orders.Tests.Integration.Webhooks;

/// <summary>Bodies of webhooks.</summary>
internal static class Events
{
    public static string Contact(string type, string id, long version, params (string Name, string? Value)[] fields) =>
        ContactAt(DateTimeOffset.UnixEpoch.AddDays(20_000).AddMinutes(version), type, id, version, fields);

    public static string ContactAt(DateTimeOffset at, string type, string id, long version, params (string Name, string? Value)[] fields) => System.Text.Json.JsonSerializer.Serialize(new
    {
        type = "contact." + type,
        timestamp = at,
        data = new { id, version, fields = fields.ToDictionary(field => field.Name, field => field.Value) },
    });

    public static string Soap(params string[] notifications) =>
        $"""
        <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>
        <notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>00D7F00000107XsUAI</OrganizationId>{string.Concat(notifications)}</notifications>
        </soapenv:Body></soapenv:Envelope>
        """;

    public static string Notification(string id, string contact, string? email, string? modified) =>
        $"""
        <Notification><Id>{id}</Id><sObject xsi:type="sf:Contact" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>{contact}</sf:Id>
        <sf:Email>{email}</sf:Email><sf:LastModifiedDate>{modified}</sf:LastModifiedDate></sObject></Notification>
        """;

    public static string Cdc(string type, string id, long commit, string members = "") =>
        $$"""
        {"ChangeEventHeader":{"entityName":"Contact","recordIds":["{{id}}"],"changeType":"{{type}}","transactionKey":"t{{commit}}","sequenceNumber":1,
        "commitTimestamp":1606869985000,"commitNumber":{{commit}},"changedFields":[]}{{members}}}
        """;
}
