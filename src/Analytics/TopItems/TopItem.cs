using System.Globalization;
using System.Text.Json.Serialization;
using Orders.Contracts;

namespace Orders.Analytics.TopItems;

/// <summary>How much of an item was ordered, in all placed orders. Revenue has one amount a currency.</summary>
internal sealed record TopItem(string Sku, string Name, long Orders, long Units, IReadOnlyList<Money> Revenue)
{
    /// <summary>
    /// The amount in whole units of its currency, of the currency that brought most: there are no exchange rates here.
    /// </summary>
    [JsonIgnore]
    public decimal RevenueRank => Revenue.Max(money => decimal.Parse(money.Amount, CultureInfo.InvariantCulture));
}
