using Orders.Bus.Storage;

namespace Orders.Inventory.Stock;

/// <summary>
/// The stock rows and holds that one transaction works on: locked and read once, changed in memory so that later messages of
/// a batch see what earlier ones did, written once. Scoped; not thread-safe.
/// </summary>
internal sealed class Warehouse(BatchStorage storage)
{
    private readonly Dictionary<string, StockLevel?> levels = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Hold?> holds = [];
    private readonly HashSet<string> changedLevels = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> changedHolds = [];
    private readonly List<StockEntry> entries = [];

    /// <summary>Locks and reads what is not read yet: the holds of these orders, the items they hold, and these items.</summary>
    public async Task LockAsync(IEnumerable<Guid> orderIds, IEnumerable<string> skus, CancellationToken cancellationToken)
    {
        var newOrders = orderIds.Where(id => !holds.ContainsKey(id)).Distinct().ToArray();
        var newSkus = skus.Where(sku => !levels.ContainsKey(sku)).Distinct(StringComparer.Ordinal).ToArray();
        if (newOrders.Length == 0 && newSkus.Length == 0)
        {
            return;
        }

        foreach (var id in newOrders)
        {
            holds.Add(id, null);
        }

        foreach (var sku in newSkus)
        {
            levels.Add(sku, null);
        }

        await WarehouseReader.ReadAsync(storage, newOrders, newSkus, Know, Know, cancellationToken);
    }

    /// <summary>The order's hold, or null. Lock it first.</summary>
    public Hold? HoldOf(Guid orderId) => holds[orderId];

    /// <summary>The item's balances, or null where the item is unknown. Lock it first.</summary>
    public StockLevel? LevelOf(string sku) => levels[sku];

    public void Change(StockLevel level, StockEntry entry)
    {
        levels[level.Sku] = level;
        changedLevels.Add(level.Sku);
        entries.Add(entry);
    }

    public void Change(Hold hold)
    {
        holds[hold.OrderId] = hold;
        changedHolds.Add(hold.OrderId);
    }

    /// <summary>Writes what changed, with the commit.</summary>
    public void Store(DateTimeOffset at)
    {
        if (changedHolds.Count == 0 && entries.Count == 0)
        {
            return;
        }

        StockLevel[] levelsToWrite = [.. changedLevels.Select(sku => levels[sku]!)];
        Hold[] holdsToWrite = [.. changedHolds.Select(id => holds[id]!)];
        WarehouseWriter.Write(storage, levelsToWrite, holdsToWrite, entries, at);
        changedLevels.Clear();
        changedHolds.Clear();
        entries.Clear();
    }

    /// <summary>What there is already, as if read: then nothing is.</summary>
    internal void Know(Guid orderId, Hold? hold, IEnumerable<StockLevel> items)
    {
        holds[orderId] = hold;
        foreach (var item in items)
        {
            levels[item.Sku] = item;
        }
    }

    private void Know(Hold hold) => holds[hold.OrderId] = hold;

    // An item that an earlier read of this transaction brought, and that was changed since, is newer here than in the table.
    private void Know(StockLevel level)
    {
        if (levels.GetValueOrDefault(level.Sku) is null)
        {
            levels[level.Sku] = level;
        }
    }
}
