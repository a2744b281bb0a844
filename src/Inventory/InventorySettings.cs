using System.Globalization;

namespace Orders.Inventory;

/// <param name="StockLowThreshold">Available units at or below which an item counts as low: 0 or more. Default 10.</param>
/// <param name="SweepEvery">How often holds are looked through for expired ones. Default 1 second.</param>
internal sealed record InventorySettings(long StockLowThreshold, TimeSpan SweepEvery)
{
    public static InventorySettings From(IConfiguration configuration) => new(
        Threshold(configuration["Orders:StockLowThreshold"]),
        TimeSpan.FromSeconds(1));

    private static long Threshold(string? text) => text switch
    {
        null => 10,
        _ when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) => value,
        _ => throw new InvalidOperationException($"The setting Orders:StockLowThreshold is '{text}'. Give a whole number of units, 0 or more."),
    };
}
