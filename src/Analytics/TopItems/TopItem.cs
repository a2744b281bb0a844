using Orders.Contracts;

namespace Orders.Analytics.TopItems;

/// <summary>How much of an item was ordered, in all placed orders. Revenue has one amount a currency.</summary>
internal sealed record TopItem(string Sku, string Name, long Orders, long Units, IReadOnlyList<Money> Revenue);
