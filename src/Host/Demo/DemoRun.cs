using System.Diagnostics;
using System.Runtime.CompilerServices;
using Orders.Host.Client;

namespace Orders.Host.Demo;

/// <summary>Seeds the catalogue, places the orders through the API and follows them to their ends.</summary>
internal sealed class DemoRun(ShopApi shop, PartnerInbox partner, int round, TimeProvider clock)
{
    private const int ShoppersAtOnce = 12;

    /// <summary>Orders come in over this time, so that there is something to watch.</summary>
    private static readonly TimeSpan Rush = TimeSpan.FromSeconds(10);

    private const int StockOfEach = 10_000;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    private readonly OrderWatch watch = new(shop);
    private readonly Lock guard = new();

    public async Task<DemoState> RunAsync(int orders, IDemoDisplay display, CancellationToken cancellationToken)
    {
        var catalogue = SampleItem.Load();
        await SeedAsync(catalogue, cancellationToken);
        var state = new DemoState(orders, watch);
        var placing = PlaceAllAsync(state, catalogue, cancellationToken);
        var started = Stopwatch.GetTimestamp();
        while (!placing.IsCompleted || watch.Open > 0)
        {
            await LookAsync(state, display, cancellationToken);
            if (placing.IsFaulted || Stopwatch.GetElapsedTime(started) > Patience)
            {
                break;
            }

            await Task.Delay(Look, clock, cancellationToken);
        }

        await placing;
        await LookAsync(state, display, cancellationToken);
        return state;
    }

    private async Task SeedAsync(IReadOnlyList<SampleItem> catalogue, CancellationToken cancellationToken)
    {
        foreach (var item in catalogue)
        {
            await shop.PutItemAsync(item.Sku, new(item.Name, item.Price), cancellationToken);
            if (item.Sku != SampleItem.SoldOut)
            {
                await shop.AdjustStockAsync(new(item.Sku, StockOfEach, "demo"), $"demo-{round}-stock-{item.Sku}", cancellationToken);
            }
        }
    }

    private Task PlaceAllAsync(DemoState state, IReadOnlyList<SampleItem> catalogue, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = ShoppersAtOnce, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(
            ComeInAsync(state.Total, catalogue, cancellationToken),
            options,
            async (order, token) => await PlaceAsync(state, order, token));
    }

    private async IAsyncEnumerable<DemoOrder> ComeInAsync(
        int orders, IReadOnlyList<SampleItem> catalogue, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        for (var number = 0; number < orders; number++)
        {
            var early = (Rush * number / orders) - clock.GetElapsedTime(started);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, clock, cancellationToken);
            }

            yield return DemoOrder.Of(number, catalogue);
        }
    }

    private async Task PlaceAsync(DemoState state, DemoOrder order, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await shop.PlaceAsync(order.Request, $"demo-{round}-{order.Number}", cancellationToken);
        if (answer.Value is not { } accepted)
        {
            throw new InvalidOperationException($"The demo's order {order.Number} was refused: {answer.Refusal}");
        }

        if (answer.Replayed)
        {
            state.TakenUpAgain[accepted.OrderId] = true;
        }
        else
        {
            state.ConfirmTimes.Add(Stopwatch.GetElapsedTime(started));
        }

        lock (guard)
        {
            state.Placed[accepted.OrderId] = order;
            watch.Follow(accepted);
        }

        if (order.Kind.IsCancelled)
        {
            // Too late is an answer as well.
            await shop.CancelAsync(accepted.OrderId, "changed my mind", cancellationToken);
        }
    }

    private async Task LookAsync(DemoState state, IDemoDisplay display, CancellationToken cancellationToken)
    {
        var operations = await shop.ProviderLedgerAsync(cancellationToken);
        var pages = await watch.FetchAsync(Followed(), cancellationToken);
        lock (guard)
        {
            watch.Take(pages);
            state.Provider = operations.Items;
            state.HeardByPartner = partner.Count;
            display.Show(state);
        }
    }

    private Dictionary<Guid, OrderDocument> Followed()
    {
        lock (guard)
        {
            return watch.OpenDocuments();
        }
    }
}
