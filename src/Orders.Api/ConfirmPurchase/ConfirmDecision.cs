using Orders.Api.CatalogueCopy;
using Orders.Contracts;

namespace Orders.Api.ConfirmPurchase;

/// <summary>Decides one confirm by what is known of its key and its items. Pure.</summary>
internal static class ConfirmDecision
{
    public static ConfirmOutcome Decide(
        ConfirmRequest request,
        ConfirmedBefore? before,
        IReadOnlyDictionary<string, CatalogueItem> catalogue,
        DateTimeOffset now)
    {
        if (before is not null)
        {
            return before.BodyHash == request.BodyHash ? new ConfirmOutcome.Replayed(before) : new ConfirmOutcome.KeyReused();
        }

        var shown = request.Purchase.Shown;
        var changed = new List<ChangedPrice>();
        for (var index = 0; index < shown.Count; index++)
        {
            if (!catalogue.TryGetValue(shown[index].Sku, out var item))
            {
                return new ConfirmOutcome.UnknownSku(index, shown[index].Sku);
            }

            if (item.UnitPrice != shown[index].UnitPrice)
            {
                changed.Add(new(index, item.Sku, item.UnitPrice));
            }
        }

        return changed.Count > 0 ? new ConfirmOutcome.PriceChanged(changed) : new ConfirmOutcome.Accepted(Place(request, catalogue, now));
    }

    private static OrderPlaced Place(
        ConfirmRequest request, IReadOnlyDictionary<string, CatalogueItem> catalogue, DateTimeOffset now)
    {
        // Milliseconds are what a UUIDv7 holds and more than PostgreSQL rounds: a replay answers the same time.
        var placedAt = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        var purchase = request.Purchase;
        return new(
            Guid.CreateVersion7(placedAt),
            request.UserId,
            placedAt,
            purchase.Prime,
            purchase.Instructions,
            [.. purchase.Units.Select(units =>
                new OrderLine(units.Key, catalogue[units.Key].Name, units.Value, catalogue[units.Key].UnitPrice))],
            purchase.Total,
            purchase.Payment,
            purchase.ShipTo);
    }
}
