using System.Globalization;
using Orders.Contracts;

namespace Orders.Host.ImportRetail;

/// <summary>Decides whether a row of the file can be sold: pure, so that every rule has a test.</summary>
internal static class RetailRowRules
{
    /// <summary>The API's limit on one line of an order.</summary>
    public const int MaxQuantity = 10_000;

    private const string Currency = "GBP";

    /// <returns>The row, or null with the reason.</returns>
    public static RetailRow? Check(RawRetailRow raw, out string reason)
    {
        reason = "";
        if (raw.Invoice.Length == 0)
        {
            return Reject("the invoice number is missing", out reason);
        }

        if (raw.Sku.Length == 0)
        {
            return Reject("the stock code is missing", out reason);
        }

        if (!int.TryParse(raw.Quantity, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var quantity))
        {
            return Reject($"the quantity '{raw.Quantity}' is not a whole number", out reason);
        }

        if (!DateTime.TryParseExact(raw.InvoiceDate, "M/d/yyyy H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return Reject($"the date '{raw.InvoiceDate}' is not of the form M/d/yyyy H:mm", out reason);
        }

        if (PriceOf(raw.UnitPrice, out reason) is not { } price)
        {
            return null;
        }

        var cancellation = raw.Invoice.StartsWith('C');
        if (QuantityFault(quantity, cancellation) is { } fault)
        {
            return Reject(fault, out reason);
        }

        return new(
            raw.Line, raw.Invoice, raw.Sku, raw.Description, Math.Abs(quantity), price,
            raw.Customer.Length == 0 ? null : raw.Customer, raw.Country);
    }

    private static string? QuantityFault(int quantity, bool cancellation) => (quantity, cancellation) switch
    {
        (0, _) => "the quantity is 0",
        (< 0, false) => $"the quantity {quantity} is negative on an invoice that is no cancellation",
        (> 0, true) => $"the quantity {quantity} is positive on a cancellation",
        (< -MaxQuantity, true) or (> MaxQuantity, false) => $"the quantity {quantity} is over {MaxQuantity}, the most that one line of an order takes",
        _ => null,
    };

    private static Money? PriceOf(string text, out string reason)
    {
        reason = "";
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price))
        {
            reason = $"the unit price '{text}' is not a number";
            return null;
        }

        reason = price switch
        {
            < 0 => $"the unit price {text} is negative",
            0 => "the unit price is 0: there is nothing to sell",
            > 10_000_000 => $"the unit price {text} is out of range",
            _ when price * 100 != decimal.Truncate(price * 100) => $"the unit price {text} has fractions of a penny",
            _ => "",
        };
        return reason.Length == 0 ? new Money((long)(price * 100), Currency) : null;
    }

    private static RetailRow? Reject(string why, out string reason)
    {
        reason = why;
        return null;
    }
}
