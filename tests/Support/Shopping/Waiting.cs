using Orders.Tests.Support.Running;

namespace Orders.Tests.Support.Shopping;

/// <summary>Waits for the pipeline's work.</summary>
internal static class Waiting
{
    /// <summary>Waits until each of the orders has ended and all that follows from it is done.</summary>
    /// <returns>All orders of the item, by id.</returns>
    public static async Task<IReadOnlyDictionary<string, OrderAnswer>> EndsOfAsync(
        this Shop shop, string sku, IReadOnlyCollection<string> orderIds, CancellationToken cancellationToken)
    {
        var orders = new Dictionary<string, OrderAnswer>(StringComparer.Ordinal);
        await Eventually.NothingIsMissingAsync(
            async token =>
            {
                orders = (await shop.OrdersOfAsync(sku, token)).ToDictionary(order => order.OrderId, StringComparer.Ordinal);
                var open = orderIds.Where(id => !orders.TryGetValue(id, out var order) || !order.IsEnded).ToList();
                return open.Count == 0 ? null : $"{open.Count} orders have not ended, {open[0]} is one";
            },
            cancellationToken);
        await shop.IsAtRestAsync(cancellationToken);
        return orders;
    }

    private static Task IsAtRestAsync(this Shop shop, CancellationToken cancellationToken) => Eventually.NothingIsMissingAsync(
        async token =>
        {
            var busy = (await shop.GetAsync<List<QueueAnswer>>("/api/ops/queues", token)).Where(queue => queue.Ready + queue.Delayed > 0).ToList();
            return busy.Count == 0 ? null : string.Join(", ", busy);
        },
        cancellationToken);
}
