using Orders.Contracts;
using Orders.Host.Client;

namespace Orders.Host.ImportRetail;

/// <summary>
/// Carries a plan out against a shop: items and stock first, then the invoices in the file's order, one at a time because
/// each may need other prices than the one before it; then waits for every order's end.
/// </summary>
internal sealed class RetailImport(ShopApi shop, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan PriceWait = TimeSpan.FromMilliseconds(250);
    private const int PriceAttempts = 20;

    private readonly RetailCatalogue catalogue = new(shop);
    private readonly OrderWatch watch = new(shop);
    private readonly List<string> refused = [];
    private readonly Dictionary<Guid, PlannedOrder> cancelled = [];
    private int placed;
    private int replayed;

    /// <summary>While invoices turn out to be placed already, their prices are left alone.</summary>
    private bool catchingUp;

    public async Task<ImportResult> RunAsync(ImportPlan plan, IImportProgress progress, CancellationToken cancellationToken)
    {
        await StockUpAsync(plan, progress, cancellationToken);
        await PlaceAllAsync(plan, progress, cancellationToken);
        await WaitForEndsAsync(progress, cancellationToken);
        var byEnd = watch.Documents
            .GroupBy(document => document.Reason is null ? document.Status : $"{document.Status} ({document.Reason})")
            .ToDictionary(end => end.Key, end => end.Count());
        var tooLate = cancelled.Where(entry => watch[entry.Key].Status != "cancelled")
            .Select(entry => $"invoice {entry.Value.Invoice}: {entry.Value.CancelledBy} came too late, the order is {watch[entry.Key].Status}")
            .ToList();
        return new(placed, replayed, refused, byEnd, tooLate, watch.Open);
    }

    private async Task StockUpAsync(ImportPlan plan, IImportProgress progress, CancellationToken cancellationToken)
    {
        await catalogue.LoadAsync(cancellationToken);
        catchingUp = plan.Orders.Count > 0 && plan.Orders[0].Lines.All(line => catalogue.Knows(line.Sku));
        var items = plan.Orders.SelectMany(order => order.Lines).DistinctBy(line => line.Sku).Where(line => !catalogue.Knows(line.Sku));
        foreach (var (sku, reason) in await catalogue.PutAsync(items, cancellationToken))
        {
            refused.Add($"item {sku}: {reason}");
        }

        var known = plan.Needed.Where(item => catalogue.Knows(item.Key)).ToDictionary();
        progress.Begin(ImportStage.Stock, known.Count);
        await catalogue.StockAsync(known, () => progress.Advance(ImportStage.Stock), cancellationToken);
    }

    private async Task PlaceAllAsync(ImportPlan plan, IImportProgress progress, CancellationToken cancellationToken)
    {
        progress.Begin(ImportStage.Orders, plan.Orders.Count);
        foreach (var order in plan.Orders)
        {
            await PlaceAsync(order, cancellationToken);
            progress.Advance(ImportStage.Orders);
        }
    }

    private async Task PlaceAsync(PlannedOrder order, CancellationToken cancellationToken)
    {
        var lines = order.Lines.Where(line => catalogue.Knows(line.Sku)).ToList();
        if (lines.Count == 0)
        {
            refused.Add($"invoice {order.Invoice}: the shop took none of its items");
            return;
        }

        var answer = await ConfirmAsync(order, lines, cancellationToken);
        if (answer.Value is not { } accepted)
        {
            refused.Add($"invoice {order.Invoice}: {answer.Refusal}");
            return;
        }

        _ = answer.Replayed ? replayed++ : placed++;
        watch.Follow(accepted);
        if (order.CancelledBy is { } cancellation)
        {
            // Asked for at once: an order is on its way within a second, the data set's customers took hours.
            cancelled[accepted.OrderId] = order;
            await shop.CancelAsync(accepted.OrderId, $"taken back by {cancellation}", cancellationToken);
        }
    }

    private async Task<ShopAnswer<OrderAccepted>> ConfirmAsync(
        PlannedOrder order, List<OrderLine> lines, CancellationToken cancellationToken)
    {
        var request = RequestOf(order, lines);
        for (var attempt = 1; ; attempt++)
        {
            if (!catchingUp)
            {
                await catalogue.PutAsync(lines, cancellationToken);
            }

            var answer = await shop.PlaceAsync(request, order.Key, cancellationToken);
            catchingUp = catchingUp && answer.Replayed;
            if (answer.Problem?.Slug is not ("price-changed" or "unknown-sku") || attempt == PriceAttempts)
            {
                return answer;
            }

            // The shop's own copy of the prices follows the catalogue after a moment.
            await Task.Delay(PriceWait, clock, cancellationToken);
        }
    }

    private async Task WaitForEndsAsync(IImportProgress progress, CancellationToken cancellationToken)
    {
        progress.Begin(ImportStage.Ends, watch.Documents.Count);
        for (var open = watch.Documents.Count; open > 0;)
        {
            await watch.LookAsync(cancellationToken);
            for (; open > watch.Open; open--)
            {
                progress.Advance(ImportStage.Ends);
            }

            if (watch.Documents.All(document => document.IsEnded || document.NeedsAttention))
            {
                return;
            }

            await Task.Delay(Look, clock, cancellationToken);
        }
    }

    private static OrderRequest RequestOf(PlannedOrder order, List<OrderLine> lines) => new(
        [.. lines.Select(line => new OrderRequestLine(line.Sku, line.Quantity, line.UnitPrice))],
        Prime: false,
        Instructions: $"Invoice {order.Invoice}",
        new PaymentMeans("tok_ok"),
        new Address(
            order.Customer is null ? "Counter sale" : $"Customer {order.Customer}", "1 High Street", "London", "N1 9GU",
            CountryCodes.Of(order.Country)));
}
