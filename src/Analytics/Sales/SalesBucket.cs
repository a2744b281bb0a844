using Orders.Contracts;

namespace Orders.Analytics.Sales;

/// <summary>Orders placed within an hour or a day, UTC; the last three count them by how they ended since.</summary>
/// <param name="From">The bucket's beginning, UTC.</param>
internal sealed record SalesBucket(
    DateTime From, long Orders, long Units, IReadOnlyList<Money> Revenue, long Completed, long Rejected, long Cancelled);
