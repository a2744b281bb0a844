using Orders.Contracts;
using Orders.Hosting;

namespace Orders.Api.ConfirmPurchase;

/// <summary>Makes a <see cref="Purchase"/> of a body, or says what is wrong with it. Pure.</summary>
internal static class PurchaseChecks
{
    public const int MaxLines = 200;
    public const int MaxQuantity = 10_000;
    public const int MaxInstructions = 500;
    public const int MaxSku = 64;

    /// <exception cref="ProblemException">400 with JSON pointers; 422 for a card number and for mixed currencies.</exception>
    public static Purchase Check(ConfirmPurchaseBody body)
    {
        var faults = new PurchaseFaults();
        CheckLines(body.Lines, faults);
        CheckTexts(body, faults);
        faults.Throw();
        FreeTexts.RefuseCardNumbers(TextsOf(body));

        var lines = body.Lines.Select(line => line!).ToList();
        if (lines.Exists(line => line.UnitPrice.Currency != lines[0].UnitPrice.Currency))
        {
            throw new ProblemException(422, "mixed-currency", "The lines are in several currencies. Place one order a currency.");
        }

        var units = Sum(lines, faults);
        var total = Total(lines, faults);
        faults.Throw();
        return new(lines, units, total, body.Prime, body.Instructions, body.Payment, body.ShipTo);
    }

    private static void CheckLines(IReadOnlyList<ConfirmLine?> lines, PurchaseFaults faults)
    {
        if (lines.Count is 0 or > MaxLines)
        {
            faults.Add("/lines", $"must hold 1 to {MaxLines} lines.");
            return;
        }

        for (var index = 0; index < lines.Count; index++)
        {
            if (lines[index] is not { } line)
            {
                faults.Add($"/lines/{index}", "must not be null.");
                continue;
            }

            faults.Text($"/lines/{index}/sku", line.Sku, MaxSku);
            if (line.Quantity is < 1 or > MaxQuantity)
            {
                faults.Add($"/lines/{index}/quantity", $"must be 1 to {MaxQuantity}.");
            }

            if (line.UnitPrice.Minor < 0)
            {
                faults.Add($"/lines/{index}/unitPrice", "must not be negative.");
            }
        }
    }

    private static void CheckTexts(ConfirmPurchaseBody body, PurchaseFaults faults)
    {
        if (body.Instructions is { } instructions)
        {
            faults.FreeText("/instructions", instructions, MaxInstructions);
        }

        faults.Text("/payment/cardToken", body.Payment.CardToken, 200);
        faults.OptionalText("/payment/giftCard", body.Payment.GiftCard, 100);
        faults.Text("/shipTo/name", body.ShipTo.Name, 200);
        faults.Text("/shipTo/line1", body.ShipTo.Line1, 200);
        faults.OptionalText("/shipTo/line2", body.ShipTo.Line2, 200);
        faults.Text("/shipTo/city", body.ShipTo.City, 100);
        faults.Text("/shipTo/postalCode", body.ShipTo.PostalCode, 20);
        if (body.ShipTo.Country.Length != 2 || body.ShipTo.Country.AsSpan().ContainsAnyExceptInRange('A', 'Z'))
        {
            faults.Add("/shipTo/country", "must be an ISO 3166-1 alpha-2 code such as US.");
        }
    }

    private static IEnumerable<(string Pointer, string? Text)> TextsOf(ConfirmPurchaseBody body) =>
    [
        ("/instructions", body.Instructions),
        ("/payment/cardToken", body.Payment.CardToken),
        ("/payment/giftCard", body.Payment.GiftCard),
        ("/shipTo/name", body.ShipTo.Name),
        ("/shipTo/line1", body.ShipTo.Line1),
        ("/shipTo/line2", body.ShipTo.Line2),
        ("/shipTo/city", body.ShipTo.City),
        ("/shipTo/postalCode", body.ShipTo.PostalCode),
    ];

    private static List<KeyValuePair<string, int>> Sum(List<ConfirmLine> lines, PurchaseFaults faults)
    {
        var units = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < lines.Count; index++)
        {
            var sum = units.GetValueOrDefault(lines[index].Sku) + lines[index].Quantity;
            units[lines[index].Sku] = sum;
            if (sum > MaxQuantity)
            {
                faults.Add($"/lines/{index}/quantity", $"makes more than {MaxQuantity} units of this sku in the order.");
            }
        }

        return [.. units];
    }

    private static Money Total(List<ConfirmLine> lines, PurchaseFaults faults)
    {
        Int128 total = 0;
        foreach (var line in lines)
        {
            total += (Int128)line.UnitPrice.Minor * line.Quantity;
        }

        if (total > long.MaxValue)
        {
            faults.Add("/lines", "add up to more than an amount can hold.");
            return default;
        }

        return new((long)total, lines[0].UnitPrice.Currency);
    }
}
