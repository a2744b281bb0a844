using Orders.Api.CatalogueCopy;
using Orders.Bus.Engine;
using Orders.Hosting;

namespace Orders.Api.ConfirmPurchase;

/// <summary>
/// Hands confirms to the committer. A refusal that rests on the catalogue is looked at again for up to a second: the copy may
/// be a moment behind the catalogue that the shopper has seen.
/// </summary>
internal sealed class ConfirmService(ConfirmQueue queue, CatalogueSignal catalogue, IBacklog backlog, TimeProvider clock)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TillDrained = TimeSpan.FromSeconds(1);

    public const string Overload = "More orders are waiting than can be taken now. Confirm again, with the same key.";

    /// <summary>
    /// When to come back, while more waits, here or in the pipeline, than is bearable; else null. To be asked before anything is
    /// done: refusing must cost little, or the refused keep the accepted from their end.
    /// </summary>
    public TimeSpan? RetryAfter => backlog.Overloaded ? backlog.RetryAfter : queue.IsFull ? TillDrained : null;

    /// <exception cref="ProblemException">503: the queue has filled meanwhile.</exception>
    public async Task<ConfirmOutcome> ConfirmAsync(ConfirmRequest request, CancellationToken cancellationToken)
    {
        var outcome = await CommitAsync(request, cancellationToken);
        var started = clock.GetTimestamp();
        while (RefusedSku(outcome) is { } sku && Patience - clock.GetElapsedTime(started) is var left && left > TimeSpan.Zero)
        {
            using var wait = catalogue.TryWait(sku);
            if (wait is null)
            {
                return outcome;
            }

            outcome = await CommitAsync(request, cancellationToken);
            if (RefusedSku(outcome) == sku)
            {
                await wait.Changed.WaitAsync(left, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
                outcome = await CommitAsync(request, cancellationToken);
            }
        }

        return outcome;
    }

    private static string? RefusedSku(ConfirmOutcome outcome) => outcome switch
    {
        ConfirmOutcome.UnknownSku unknown => unknown.Sku,
        ConfirmOutcome.PriceChanged changed => changed.Lines[0].Sku,
        _ => null,
    };

    private async Task<ConfirmOutcome> CommitAsync(ConfirmRequest request, CancellationToken cancellationToken)
    {
        var pending = queue.TryAdd(request) ?? throw new ProblemException(503, "overloaded", Overload) { RetryAfter = TillDrained };
        return await pending.Outcome.WaitAsync(cancellationToken);
    }
}
