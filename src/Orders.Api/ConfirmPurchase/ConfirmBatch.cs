using System.Diagnostics;
using Orders.Api.OrderViews;
using Orders.Bus.Storage;
using Orders.Contracts;

namespace Orders.Api.ConfirmPurchase;

/// <summary>Commits many confirms in one transaction: read, decide each, write, send.</summary>
internal sealed class ConfirmBatch(ITransactions transactions, TimeProvider clock)
{
    /// <returns>The outcome of each, in their order, committed.</returns>
    public Task<IReadOnlyList<ConfirmOutcome>> CommitAsync(
        IReadOnlyList<ConfirmRequest> requests, CancellationToken cancellationToken) => transactions.RunAsync(
            Endpoints.Orders,
            async transaction =>
            {
                var store = new ConfirmStore(transaction.Services.GetRequiredService<BatchStorage>());
                var known = await store.ReadAsync(requests, cancellationToken);
                var now = clock.GetUtcNow();
                var outcomes = new List<ConfirmOutcome>(requests.Count);
                foreach (var request in requests)
                {
                    var outcome = ConfirmDecision.Decide(request, known.Before.GetValueOrDefault(request.Key.Hash), known.Items, now);
                    if (outcome is ConfirmOutcome.Accepted { Order: var order })
                    {
                        known.Before[request.Key.Hash] = new(request.BodyHash, order.OrderId, order.Total, order.PlacedAt);
                    }

                    outcomes.Add(outcome);
                }

                await WriteAsync(transaction, store, requests, outcomes);
                return (IReadOnlyList<ConfirmOutcome>)outcomes;
            },
            cancellationToken);

    private static async Task WriteAsync(
        ITransaction transaction,
        ConfirmStore store,
        IReadOnlyList<ConfirmRequest> requests,
        List<ConfirmOutcome> outcomes)
    {
        var accepted = new List<(ConfirmRequest Request, OrderPlaced Order)>(requests.Count);
        for (var index = 0; index < requests.Count; index++)
        {
            if (outcomes[index] is ConfirmOutcome.Accepted { Order: var order })
            {
                accepted.Add((requests[index], order));
            }
        }

        if (accepted.Count == 0)
        {
            return;
        }

        store.WriteKeys(accepted);
        transaction.Services.GetRequiredService<IOrderDocuments>().Add(accepted.ConvertAll(one => OrderDocument.Of(one.Order)));
        foreach (var (request, order) in accepted)
        {
            Activity.Current = request.Trace;
            await transaction.Publish(order);
        }
    }
}
