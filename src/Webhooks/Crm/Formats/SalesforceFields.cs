namespace Orders.Webhooks.Crm.Formats;

/// <summary>What is taken of Salesforce's fields, and what they are called here. Nothing else of a record is kept.</summary>
internal static class SalesforceFields
{
    public static IReadOnlyDictionary<string, string> Names { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Email"] = "email",
        ["Phone"] = "phone",
        ["Name"] = "name",
        ["FirstName"] = "firstName",
        ["LastName"] = "lastName",
    };
}
