namespace Orders.Host.Client;

/// <summary>
/// Follows a set of orders until each has ended, with a few list requests a look rather than one an order. Not thread-safe;
/// who follows from several threads calls the parts of a look under a lock of its own, but for the fetching.
/// </summary>
internal sealed class OrderWatch(ShopApi shop)
{
    private readonly Dictionary<Guid, OrderDocument> documents = [];

    /// <summary>The latest document of every followed order.</summary>
    public IReadOnlyCollection<OrderDocument> Documents => documents.Values;

    public int Open => documents.Values.Count(document => !document.IsEnded);

    public OrderDocument this[Guid orderId] => documents[orderId];

    public void Follow(OrderAccepted order) => documents.TryAdd(
        order.OrderId, new(order.OrderId, order.Status, Reason: null, NeedsAttention: false, Version: 0, order.PlacedAt, order.PlacedAt));

    /// <summary>Brings every open order's document up to date.</summary>
    public async Task LookAsync(CancellationToken cancellationToken) => Take(await FetchAsync(OpenDocuments(), cancellationToken));

    public Dictionary<Guid, OrderDocument> OpenDocuments() =>
        documents.Values.Where(document => !document.IsEnded).ToDictionary(document => document.OrderId);

    public void Take(IEnumerable<OrderDocument> latest)
    {
        foreach (var document in latest)
        {
            documents[document.OrderId] = document;
        }
    }

    /// <summary>Asks for what became of these orders.</summary>
    public async Task<IReadOnlyList<OrderDocument>> FetchAsync(
        Dictionary<Guid, OrderDocument> open, CancellationToken cancellationToken)
    {
        var latest = new List<OrderDocument>();
        string? cursor = null;
        while (open.Count > 0)
        {
            var page = await shop.OrdersAsync(cursor, cancellationToken);
            latest.AddRange(page.Items.Where(document => open.Remove(document.OrderId)));
            cursor = page.Next;
            if (cursor is null || page.Items[^1].PlacedAt < open.Values.Select(document => document.PlacedAt).DefaultIfEmpty().Min())
            {
                break;
            }
        }

        return latest;
    }
}
