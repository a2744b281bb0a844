using System.Globalization;
using System.Text;

namespace Orders.Host.Bench;

/// <summary>
/// The requests of the load, byte for byte. Numbers have a fixed width, so that one Content-Length fits all and a request is
/// one formatted string.
/// </summary>
internal static class LoadRequest
{
    public const string Price = "12.50";
    public const string Currency = "USD";

    private static readonly int BodyLength = Body(0, 1).Length;

    public static string Sku(int item) => item.ToString("'bench-'0000", CultureInfo.InvariantCulture);

    /// <param name="run">Tells the keys of one run from those of another on the same data.</param>
    public static byte[] Bytes(string run, int client, int number, int firstItem, int secondItem) => Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"""
            POST /api/orders HTTP/1.1
            Host: 127.0.0.1
            Authorization: Bearer demo-shopper
            Content-Type: application/json
            Idempotency-Key: {run}-{client:0000}-{number:00000000}
            Content-Length: {BodyLength}


            """).ReplaceLineEndings("\r\n") + Body(firstItem, secondItem));

    private static string Body(int firstItem, int secondItem) =>
        "{\"lines\":[" + Line(firstItem) + "," + Line(secondItem) + """
        ],"prime":false,"payment":{"cardToken":"tok_ok"},"shipTo":{"name":"David Xiang","line1":"1 Main St","city":"Springfield","postalCode":"12345","country":"US"}}
        """;

    private static string Line(int item) =>
        $$"""{"sku":"{{Sku(item)}}","quantity":1,"unitPrice":{"amount":"{{Price}}","currency":"{{Currency}}"} }""";
}
