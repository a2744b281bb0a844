namespace Orders.Api.CatalogueCopy;

/// <summary>
/// Wakes confirms that wait for news of an item: the copy is eventually consistent, and a shopper may be quicker than it.
/// Bounded. Thread-safe.
/// </summary>
internal sealed class CatalogueSignal(int maxWaiters = CatalogueSignal.DefaultMaxWaiters)
{
    public const int DefaultMaxWaiters = 200;

    private readonly Lock gate = new();
    private readonly Dictionary<string, HashSet<CatalogueWait>> waits = new(StringComparer.Ordinal);
    private int count;

    /// <summary>
    /// Waits for the item's next change until disposed; null when enough wait already. Take it before looking at the item, so
    /// that no change falls between.
    /// </summary>
    public CatalogueWait? TryWait(string sku)
    {
        lock (gate)
        {
            if (count >= maxWaiters)
            {
                return null;
            }

            var wait = new CatalogueWait(sku, this);
            if (!waits.TryGetValue(sku, out var ofItem))
            {
                waits[sku] = ofItem = [];
            }

            ofItem.Add(wait);
            count++;
            return wait;
        }
    }

    public void Changed(IEnumerable<string> skus)
    {
        lock (gate)
        {
            foreach (var wait in skus.SelectMany(sku => waits.GetValueOrDefault(sku) ?? []))
            {
                wait.Signal();
            }
        }
    }

    internal void Remove(CatalogueWait wait)
    {
        lock (gate)
        {
            if (!waits.TryGetValue(wait.Sku, out var ofItem) || !ofItem.Remove(wait))
            {
                return;
            }

            count--;
            if (ofItem.Count == 0)
            {
                waits.Remove(wait.Sku);
            }
        }
    }
}

/// <summary>One who waits for an item.</summary>
internal sealed class CatalogueWait(string sku, CatalogueSignal owner) : IDisposable
{
    private readonly TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Sku => sku;

    /// <summary>Completes when the item has changed.</summary>
    public Task Changed => changed.Task;

    public void Signal() => changed.TrySetResult();

    public void Dispose() => owner.Remove(this);
}
