namespace Orders.Host.ImportRetail;

/// <summary>One row as it stands in the file.</summary>
internal sealed record RawRetailRow(
    int Line,
    string Invoice,
    string Sku,
    string Description,
    string Quantity,
    string InvoiceDate,
    string UnitPrice,
    string Customer,
    string Country);
