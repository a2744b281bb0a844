namespace Orders.Analytics.Recording;

/// <summary>Facts of several orders, each once: of two equal ones the first counts.</summary>
internal sealed class FactBatch
{
    public const int MaxPairs = 200_000;
    public const int MaxFacts = 5_000;

    private readonly Dictionary<Guid, OrderFact> orders = [];
    private readonly Dictionary<Guid, Outcome> ends = [];
    private long pairs;

    public IReadOnlyDictionary<Guid, OrderFact> Orders => orders;

    public IReadOnlyDictionary<Guid, Outcome> Ends => ends;

    /// <summary>True where one write has enough to do: the pairs grow with the square of an order's lines.</summary>
    public bool IsFull => pairs >= MaxPairs || orders.Count + ends.Count >= MaxFacts;

    public bool IsEmpty => orders.Count + ends.Count == 0;

    public void Placed(OrderFact order)
    {
        if (orders.TryAdd(order.OrderId, order))
        {
            pairs += order.Lines.Count * (order.Lines.Count - 1L) / 2;
        }
    }

    public void Ended(Guid orderId, Outcome outcome) => ends.TryAdd(orderId, outcome);
}
