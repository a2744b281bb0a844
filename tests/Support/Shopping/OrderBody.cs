namespace Orders.Tests.Support.Shopping;

/// <summary>Orders as shoppers write them.</summary>
internal static class OrderBody
{
    public const string Price = "19.99";

    public static string Of(string sku, string card, string price = Price) => $$"""
        {
          "lines": [ { "sku": "{{sku}}", "quantity": 1, "unitPrice": { "amount": "{{price}}", "currency": "USD" } } ],
          "prime": false,
          "instructions": "Please put a ribbon on my package",
          "payment": { "cardToken": "{{card}}" },
          "shipTo": { "name": "David Xiang", "line1": "1 Main St", "city": "Springfield", "postalCode": "12345", "country": "US" }
        }
        """;
}
