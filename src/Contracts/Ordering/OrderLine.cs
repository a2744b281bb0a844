namespace Orders.Contracts;

/// <summary>One item of an order. The quantity is 1 to 10,000 units.</summary>
public sealed record OrderLine(string Sku, string Name, int Quantity, Money UnitPrice);
