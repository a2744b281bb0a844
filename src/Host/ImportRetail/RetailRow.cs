using Orders.Contracts;

namespace Orders.Host.ImportRetail;

/// <summary>One clean row of the file. The quantity is positive; on a cancellation it is what was given back.</summary>
internal sealed record RetailRow(
    int Line, string Invoice, string Sku, string Description, int Quantity, Money UnitPrice, string? Customer, string Country)
{
    /// <summary>The data set's own convention: an invoice number that begins with C takes back an earlier sale.</summary>
    public bool IsCancellation => Invoice.StartsWith('C');
}
