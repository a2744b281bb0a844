using Orders.Bus.Storage;
using Orders.Contracts;

namespace Orders.Inventory.Stock;

/// <summary>Locks everything that a batch's messages touch with one query, and writes it back with one command.</summary>
internal sealed class WarehouseParticipant(Warehouse warehouse, TimeProvider clock) : IBatchParticipant
{
    public Task LoadAsync(IReadOnlyList<object> messages, CancellationToken cancellationToken)
    {
        var orderIds = new List<Guid>(messages.Count);
        var skus = new List<string>(2 * messages.Count);
        foreach (var message in messages)
        {
            switch (message)
            {
                case OrderPlaced placed:
                    orderIds.Add(placed.OrderId);
                    skus.AddRange(placed.Lines.Select(line => line.Sku));
                    break;
                case ReserveStock reserve:
                    orderIds.Add(reserve.OrderId);
                    skus.AddRange(reserve.Lines.Select(line => line.Sku));
                    break;
                case CommitStock commit:
                    orderIds.Add(commit.OrderId);
                    break;
                case ReleaseStock release:
                    orderIds.Add(release.OrderId);
                    break;
                case OrderErased:
                    break;
                default:
                    throw new InvalidOperationException(
                        $"Inventory handles {message.GetType().Name} but does not know what to lock for it. Name its order and skus here.");
            }
        }

        return warehouse.LockAsync(orderIds, skus, cancellationToken);
    }

    public Task StoreAsync(CancellationToken cancellationToken)
    {
        warehouse.Store(clock.GetUtcNow());
        return Task.CompletedTask;
    }
}
