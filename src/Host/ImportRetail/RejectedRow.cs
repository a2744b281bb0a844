namespace Orders.Host.ImportRetail;

/// <summary>A row that does not become part of an order, and why. Lines count from 1; the header is line 1.</summary>
internal sealed record RejectedRow(int Line, string Invoice, string Reason);
