namespace Orders.Contracts;

/// <summary>Units of one item in a shipment.</summary>
public sealed record PackedLine(string Sku, int Quantity);
