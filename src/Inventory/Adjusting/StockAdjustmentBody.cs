using System.ComponentModel.DataAnnotations;
using Orders.Hosting;
using Orders.Inventory.Catalog;

namespace Orders.Inventory.Adjusting;

/// <summary>What <c>POST /api/stock-adjustments</c> takes: units that came in (positive) or are gone (negative), and why.</summary>
internal sealed record StockAdjustmentBody(
    [property: StringLength(ItemRules.MaxSkuLength, MinimumLength = 1)] string Sku,
    [property: Range(-StockAdjustmentBody.MaxDelta, StockAdjustmentBody.MaxDelta)] long Delta,
    [property: StringLength(StockAdjustmentBody.MaxReasonLength, MinimumLength = 1)] string Reason)
{
    public const long MaxDelta = 1_000_000_000;
    public const int MaxReasonLength = 200;

    public void Check()
    {
        if (!ItemRules.IsSku(Sku))
        {
            throw ProblemException.Invalid("/sku", ItemRules.SkuShape);
        }

        if (Delta is 0 or < -MaxDelta or > MaxDelta)
        {
            throw ProblemException.Invalid("/delta", $"must be a whole number from -{MaxDelta} to {MaxDelta}, and not 0.");
        }

        if (Reason.Length > MaxReasonLength || string.IsNullOrWhiteSpace(Reason) || Reason.Any(char.IsControl))
        {
            throw ProblemException.Invalid("/reason", $"must be 1 to {MaxReasonLength} characters, none of them control characters.");
        }

        FreeTexts.RefuseCardNumbers(("/reason", Reason));
    }
}

/// <summary>The balances right after an adjustment.</summary>
internal sealed record AdjustedStock(string Sku, long OnHand, long Held, long Available);
