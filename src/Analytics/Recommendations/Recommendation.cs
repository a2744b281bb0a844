namespace Orders.Analytics.Recommendations;

/// <summary>An item that is bought together with another.</summary>
/// <param name="Together">Orders that hold both.</param>
/// <param name="Support">together / orders.</param>
/// <param name="Confidence">together / orders with the item asked for.</param>
/// <param name="Lift">confidence / (orders with this item / orders): above 1, together more often than by chance.</param>
internal sealed record Recommendation(string Sku, string Name, long Together, double Support, double Confidence, double Lift);

/// <summary>What the counts say of two items.</summary>
/// <param name="OrdersWithOther">Orders that hold the other item: at least <paramref name="Together"/>.</param>
internal sealed record Association(string Sku, string Name, long Together, long OrdersWithOther);
