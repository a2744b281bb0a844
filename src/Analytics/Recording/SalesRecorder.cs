using Orders.Bus.Storage;
using Orders.Contracts;

namespace Orders.Analytics.Recording;

/// <summary>Gathers a batch's facts and writes them once, at its end. Scoped; not thread-safe.</summary>
internal sealed class SalesRecorder(BatchStorage storage) : IBatchParticipant
{
    // One batch as a rule. Several only where orders of hundreds of lines come together: their pairs are many.
    private readonly List<FactBatch> batches = [new()];

    public void Placed(OrderPlaced message) => Open().Placed(OrderFact.Of(message));

    public void Ended(Guid orderId, Outcome outcome) => Open().Ended(orderId, outcome);

    // Nothing is read before: whether a fact is new, its insert says.
    public Task LoadAsync(IReadOnlyList<object> messages, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoreAsync(CancellationToken cancellationToken)
    {
        var store = new FactStore(storage.Connection, storage.Transaction, FactTables.Live);
        foreach (var facts in batches)
        {
            await store.AddAsync(facts, cancellationToken);
        }
    }

    private FactBatch Open()
    {
        if (batches[^1].IsFull)
        {
            batches.Add(new());
        }

        return batches[^1];
    }
}
