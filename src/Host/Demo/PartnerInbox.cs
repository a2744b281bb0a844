using Orders.Host.Client;

namespace Orders.Host.Demo;

/// <summary>What the demo's partner has: each event once, by its id. Thread-safe.</summary>
internal sealed class PartnerInbox
{
    private readonly Lock guard = new();
    private readonly HashSet<Guid> events = [];
    private readonly Dictionary<Guid, List<(string Type, int Version)>> orders = [];
    private int forged;
    private int again;

    public int Count
    {
        get
        {
            lock (guard)
            {
                return events.Count;
            }
        }
    }

    /// <summary>A call whose signature proves nothing.</summary>
    public void TakeForged()
    {
        lock (guard)
        {
            forged++;
        }
    }

    public void Take(Guid id, string type, Guid order, int version)
    {
        lock (guard)
        {
            if (!events.Add(id))
            {
                again++;
                return;
            }

            if (!orders.TryGetValue(order, out var heard))
            {
                orders[order] = heard = [];
            }

            heard.Add((type, version));
        }
    }

    /// <param name="sent">The ids of what the system says it has to deliver.</param>
    /// <param name="followed">The orders of which all should have been heard.</param>
    public PartnerReport Report(IReadOnlySet<Guid> sent, IReadOnlyCollection<OrderDocument> followed)
    {
        lock (guard)
        {
            return new(sent.Count, events.Count(sent.Contains), events.Count(id => !sent.Contains(id)), forged, again, followed.Count, followed.Count(IsWhole));
        }
    }

    /// <summary>From its acceptance to where it stands, each version after those before it.</summary>
    private bool IsWhole(OrderDocument order) => orders.TryGetValue(order.OrderId, out var heard)
        && heard[0].Type == "order.accepted"
        && heard[^1].Type == "order." + order.Status
        && heard.Zip(heard.Skip(1)).All(pair => pair.First.Version < pair.Second.Version);
}

/// <summary>What came of a partner's listening.</summary>
/// <param name="Expected">Events that the system had to deliver.</param>
/// <param name="Received">Those of them that the partner has, once each, their signatures verified.</param>
/// <param name="Unexpected">Others that it has.</param>
/// <param name="Forged">Calls whose signature was wrong.</param>
/// <param name="Again">Calls that brought what it had.</param>
/// <param name="Orders">Orders that it should have heard all of.</param>
/// <param name="Whole">Those of them that it heard of from their acceptance to their end, in order.</param>
internal sealed record PartnerReport(int Expected, int Received, int Unexpected, int Forged, int Again, int Orders, int Whole)
{
    public bool IsRight => (Received, Unexpected, Forged, Whole) == (Expected, 0, 0, Orders);

    public override string ToString() => FormattableString.Invariant(
        $"{Expected} signed events expected, {Received} received and verified, {Forged} forged, {Again} came again; {Whole} of {Orders} orders heard in order from acceptance to end");
}
