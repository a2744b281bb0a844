using Orders.Bus.Storage;

namespace Orders.Api.OrderViews;

/// <summary>
/// The documents that one batch works on: read in one query before it, written in one statement after it, however many of an
/// order's events the batch holds. Watchers of the changed orders are woken when the scope ends, which is after the commit.
/// </summary>
internal sealed class OrderDocumentSession(IOrderDocuments documents, OrderSignals signals) : IBatchParticipant, IDisposable
{
    private readonly Dictionary<Guid, OrderDocument> loaded = [];
    private readonly HashSet<Guid> added = [];
    private readonly HashSet<Guid> changed = [];
    private readonly HashSet<Guid> disowned = [];

    public async Task LoadAsync(IReadOnlyList<object> messages, CancellationToken cancellationToken)
    {
        var ids = messages.Select(OrderTimeline.OrderOf).Where(id => id != Guid.Empty).ToHashSet();
        if (ids.Count == 0)
        {
            return;
        }

        foreach (var document in await documents.LoadAsync(ids, cancellationToken))
        {
            loaded[document.OrderId] = document;
        }
    }

    public async Task<OrderDocument?> FindAsync(Guid orderId, CancellationToken cancellationToken)
    {
        if (!loaded.TryGetValue(orderId, out var document))
        {
            await LoadOneAsync(orderId, cancellationToken);
            document = loaded.GetValueOrDefault(orderId);
        }

        return document;
    }

    public void Add(OrderDocument document)
    {
        loaded[document.OrderId] = document;
        added.Add(document.OrderId);
    }

    public void Replace(OrderDocument document)
    {
        loaded[document.OrderId] = document;
        changed.Add(document.OrderId);
    }

    /// <summary>Replaces it by one that is nobody's any more.</summary>
    public void Disown(OrderDocument document)
    {
        Replace(document);
        disowned.Add(document.OrderId);
    }

    public Task StoreAsync(CancellationToken cancellationToken)
    {
        if (added.Count > 0)
        {
            documents.Add([.. added.Select(id => loaded[id])]);
        }

        if (changed.Except(added).ToList() is { Count: > 0 } replaced)
        {
            documents.Replace([.. replaced.Select(id => loaded[id])]);
        }

        if (disowned.Count > 0)
        {
            documents.Disown(disowned);
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        foreach (var orderId in changed)
        {
            signals.Changed(orderId);
        }
    }

    private async Task LoadOneAsync(Guid orderId, CancellationToken cancellationToken)
    {
        foreach (var document in await documents.LoadAsync([orderId], cancellationToken))
        {
            loaded[orderId] = document;
        }
    }
}
