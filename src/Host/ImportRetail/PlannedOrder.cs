using Orders.Contracts;

namespace Orders.Host.ImportRetail;

/// <summary>One order to place: an invoice, or a part of one that does not fit into a single order.</summary>
/// <param name="Key">The idempotency key, from the invoice alone: the same file placed again adds nothing.</param>
/// <param name="CancelledBy">The cancellation in the file that takes this sale back, or null.</param>
internal sealed record PlannedOrder(
    string Invoice, string Key, string? Customer, string Country, IReadOnlyList<OrderLine> Lines, string? CancelledBy = null);
