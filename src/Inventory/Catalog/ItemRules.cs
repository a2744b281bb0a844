using Orders.Hosting;

namespace Orders.Inventory.Catalog;

/// <summary>What may be an item of the catalogue.</summary>
internal static class ItemRules
{
    public const int MaxSkuLength = 64;
    public const int MaxNameLength = 200;

    public const string SkuShape = "must be 1 to 64 printable ASCII characters, without a space at either end.";

    /// <summary>1 to 64 printable ASCII characters. Spaces inside occur in real catalogues; at the ends they are mistakes.</summary>
    public static bool IsSku(string text) =>
        text.Length is >= 1 and <= MaxSkuLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && text[0] != ' ' && text[^1] != ' ';

    public static void Check(string sku, CatalogItemBody body)
    {
        if (!IsSku(sku))
        {
            throw ProblemException.Invalid("/sku", SkuShape);
        }

        if (body.Name.Length > MaxNameLength || string.IsNullOrWhiteSpace(body.Name) || body.Name.Any(char.IsControl))
        {
            throw ProblemException.Invalid("/name", $"must be 1 to {MaxNameLength} characters, none of them control characters.");
        }

        if (body.UnitPrice.Minor < 0)
        {
            throw ProblemException.Invalid("/unitPrice", "must not be negative.");
        }

        FreeTexts.RefuseCardNumbers(("/name", body.Name));
    }
}
