using Orders.Api.OrderViews;
using Orders.Hosting;

namespace Orders.Api.GetOrder;

/// <summary>Finds orders for callers. What a caller may not see does not exist for them.</summary>
internal static class VisibleOrders
{
    /// <exception cref="ProblemException">404: malformed, unknown, or another's.</exception>
    public static async Task<StoredOrder> FindVisibleAsync(
        this IOrderDocuments documents, string id, Caller caller, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(id, "D", out var orderId)
            || await documents.FindAsync(orderId, cancellationToken) is not { } order
            || !caller.MaySee(order.OrderId, order.UserId))
        {
            throw new ProblemException(404, "not-found", "There is no such order, or it is not yours.");
        }

        return order;
    }
}
