using Orders.Bus.Storage;
using Orders.Contracts;

namespace Orders.Dispatch.Shipments;

/// <summary>The shipments of the present batch: one query reads them all and remembers which do not exist; what changed is written with the commit.</summary>
internal sealed class BatchOfShipments(BatchStorage storage) : IBatchParticipant
{
    private readonly Dictionary<Guid, Shipment?> known = [];
    private readonly Dictionary<Guid, Progress> stored = [];
    private readonly List<Guid> withoutAddress = [];

    public async Task LoadAsync(IReadOnlyList<object> messages, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. messages.Select(OrderIdOf).Distinct()];
        if (ids.Length > 0)
        {
            await ReadAsync(ids, cancellationToken);
        }
    }

    public Task StoreAsync(CancellationToken cancellationToken)
    {
        var present = known.Values.OfType<Shipment>().ToLookup(shipment => stored.ContainsKey(shipment.OrderId));
        if (present[false].ToList() is { Count: > 0 } added)
        {
            storage.Defer(ShipmentTable.Adding(added));
        }

        if (present[true].Where(shipment => stored[shipment.OrderId] != shipment.Progress).ToList() is { Count: > 0 } changed)
        {
            storage.Defer(ShipmentTable.Changing(changed));
        }

        if (withoutAddress.Count > 0)
        {
            storage.Defer(ShipmentTable.ForgettingAddresses(withoutAddress));
        }

        return Task.CompletedTask;
    }

    public async Task<Shipment?> FindAsync(Guid orderId, CancellationToken cancellationToken)
    {
        if (!known.ContainsKey(orderId))
        {
            await ReadAsync([orderId], cancellationToken);
        }

        return known[orderId];
    }

    public void Add(Shipment shipment) => known[shipment.OrderId] = shipment;

    public void ForgetAddress(Guid orderId) => withoutAddress.Add(orderId);

    /// <summary>What there is already, as if read: then nothing is.</summary>
    internal void Know(Guid orderId, Shipment? shipment) => known[orderId] = shipment;

    private async Task ReadAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            known[id] = null;
        }

        foreach (var shipment in await ShipmentTable.LoadAsync(storage, ids, cancellationToken))
        {
            known[shipment.OrderId] = shipment;
            stored[shipment.OrderId] = shipment.Progress;
        }
    }

    private static Guid OrderIdOf(object message) => message switch
    {
        OrderPlaced placed => placed.OrderId,
        OrderErased erased => erased.OrderId,
        DispatchOrder order => order.OrderId,
        HandOverShipment handOver => handOver.OrderId,
        StopShipment stop => stop.OrderId,
        IBookingOutcome outcome => outcome.OrderId,
        _ => throw new InvalidOperationException($"{message.GetType()} is handled here, but its order is not known. Name its order id in {nameof(OrderIdOf)}."),
    };
}
