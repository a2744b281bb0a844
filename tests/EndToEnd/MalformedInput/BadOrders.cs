using Orders.Tests.Support.Shopping;

namespace Orders.Tests.EndToEnd.MalformedInput;

/// <summary>Bodies of an order that break one rule each. A theory row names one.</summary>
internal static class BadOrders
{
    public const string Sku = "never-ordered";

    private static readonly string Good = OrderBody.Of(Sku, "tok_ok");

    private static readonly Dictionary<string, (string Json, int Status)> Bodies = new(StringComparer.Ordinal)
    {
        ["nothing at all"] = ("", 400),
        ["cut short"] = (Good[..^10], 400),
        ["no JSON"] = ("lines=1&prime=no", 400),
        ["null"] = ("null", 400),
        ["an array"] = ($"[{Good}]", 400),
        ["two values"] = (Good + Good, 400),
        ["an unknown member"] = (With("\"prime\": false", "\"prime\": false, \"coupon\": \"X\""), 400),
        ["an unknown member inside"] = (With("\"quantity\": 1", "\"quantity\": 1, \"colour\": \"red\""), 400),
        ["a member in another case"] = (With("\"prime\"", "\"Prime\""), 400),
        ["a duplicate key"] = (With("\"prime\": false", "\"prime\": false, \"prime\": true"), 400),
        ["a trailing comma"] = (With("\"prime\": false,", "\"prime\": false,,"), 400),
        ["a trailing comma at the end"] = (With("\"country\": \"US\" }", "\"country\": \"US\", }"), 400),
        ["a comment"] = (With("\"prime\"", "/* really */ \"prime\""), 400),
        ["a line comment"] = (With("\"prime\"", "// really\n \"prime\""), 400),
        ["a number as text"] = (With("\"quantity\": 1", "\"quantity\": \"1\""), 400),
        ["text as a number"] = (With("\"Springfield\"", "7"), 400),
        ["a boolean as text"] = (With("false", "\"false\""), 400),
        ["an object as an array"] = (With("{ \"cardToken\": \"tok_ok\" }", "[]"), 400),
        ["a null that is needed"] = (With("{ \"cardToken\": \"tok_ok\" }", "null"), 400),
        ["a depth over 32"] = (With("\"prime\": false", $"\"prime\": {new string('[', 40)}{new string(']', 40)}"), 400),
        ["no lines"] = (With($"[ {Line} ]", "[]"), 400),
        ["201 lines"] = (With(Line, string.Join(',', Enumerable.Repeat(Line, 201))), 400),
        ["a quantity of 0"] = (With("\"quantity\": 1", "\"quantity\": 0"), 400),
        ["a negative quantity"] = (With("\"quantity\": 1", "\"quantity\": -1"), 400),
        ["a quantity of 10,001"] = (With("\"quantity\": 1", "\"quantity\": 10001"), 400),
        ["half a unit"] = (With("\"quantity\": 1", "\"quantity\": 0.5"), 400),
        ["a quantity beyond all numbers"] = (With("\"quantity\": 1", "\"quantity\": 1e400"), 400),
        ["an amount as a number"] = (With("\"19.99\"", "19.99"), 400),
        ["too few digits of money"] = (With("19.99", "19.9"), 400),
        ["too many digits of money"] = (With("19.99", "19.990"), 400),
        ["minor digits of a currency without any"] = (With("USD", "JPY"), 400),
        ["an unknown currency"] = (With("USD", "XQZ"), 400),
        ["a negative amount"] = (With("19.99", "-19.99"), 400),
        ["an amount beyond all numbers"] = (With("19.99", new string('9', 60) + ".99"), 400),
        ["501 characters of instructions"] = (With("Please put a ribbon on my package", new string('x', 501)), 400),
        ["half a surrogate pair"] = (With("Please", "\\ud800 Please"), 400),
        ["a NUL"] = (With("Please", "\\u0000 Please"), 400),
        ["more than 256 KiB"] = (With("Please", new string('x', 256 * 1024)), 413),
    };

    private const string Line = """{ "sku": "never-ordered", "quantity": 1, "unitPrice": { "amount": "19.99", "currency": "USD" } }""";

    public static IEnumerable<string> Kinds => Bodies.Keys;

    public static (string Json, int Status) Of(string kind) => Bodies[kind];

    private static string With(string part, string instead) => Good.Contains(part, StringComparison.Ordinal)
        ? Good.Replace(part, instead, StringComparison.Ordinal)
        : throw new InvalidOperationException($"The good order has no {part}: the row would test nothing.");
}
