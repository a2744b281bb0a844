using Microsoft.EntityFrameworkCore;
using Orders.Bus.Storage;
using Orders.Contracts;

namespace Orders.Dispatch.Shipments;

/// <summary>The shipments of the present batch: one query reads them all, and remembers which do not exist.</summary>
internal sealed class BatchOfShipments(DispatchDb db) : IBatchParticipant
{
    private readonly Dictionary<Guid, Shipment?> known = [];

    public async Task LoadAsync(IReadOnlyList<object> messages, CancellationToken cancellationToken)
    {
        var ids = messages.Select(OrderIdOf).Distinct().ToArray();
        foreach (var id in ids)
        {
            known[id] = null;
        }

        // Served by the primary key, shipment_pkey.
        await foreach (var shipment in db.Shipments.Where(s => ids.Contains(s.OrderId)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            known[shipment.OrderId] = shipment;
        }
    }

    public Task StoreAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<Shipment?> FindAsync(Guid orderId, CancellationToken cancellationToken)
    {
        if (!known.TryGetValue(orderId, out var shipment))
        {
            shipment = await db.Shipments.FindAsync([orderId], cancellationToken);
            known[orderId] = shipment;
        }

        return shipment;
    }

    public void Add(Shipment shipment)
    {
        db.Shipments.Add(shipment);
        known[shipment.OrderId] = shipment;
    }

    private static Guid OrderIdOf(object message) => message switch
    {
        OrderPlaced placed => placed.OrderId,
        DispatchOrder order => order.OrderId,
        HandOverShipment handOver => handOver.OrderId,
        StopShipment stop => stop.OrderId,
        IBookingOutcome outcome => outcome.OrderId,
        _ => throw new InvalidOperationException($"{message.GetType()} is handled here, but its order is not known. Name its order id in {nameof(OrderIdOf)}."),
    };
}
