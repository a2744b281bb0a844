using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Orders.Bus.Storage;
using Orders.Payments.Close;
using Orders.Payments.Provider;
using Orders.Payments.State;
using Orders.Payments.Storage;

namespace Orders.Payments.Reconcile;

/// <summary>
/// Compares payments with the provider: every operation that its ledger grew by since the last run, page by page, and every
/// payment here that is unresolved. What can be given back is; the rest is logged and counted for a person.
/// </summary>
internal sealed class Reconciliation(
    IPaymentGateway gateway, PaymentsDb db, ITransactions transactions, ILogger<Reconciliation> logger)
{
    private const int PageSize = 200;
    private const int MaxPagesARun = 200;
    private const int MaxUnresolvedARun = 500;

    private static readonly Meter Meter = new("Orders.Payments");
    private static readonly Counter<long> Healed = Meter.CreateCounter<long>("orders.payments.reconciliation.healed");
    private static readonly Counter<long> Differing = Meter.CreateCounter<long>("orders.payments.reconciliation.differences");

    // A payment can be both unresolved here and new in the ledger: one look a run is enough.
    private readonly HashSet<Guid> looked = [];

    /// <returns>How many payments were sent to be healed, and how many differ beyond that.</returns>
    public async Task<(int Healed, int Differing)> RunAsync(CancellationToken cancellationToken)
    {
        looked.Clear();
        var (healed, differing) = await CompareUnresolvedAsync(cancellationToken);
        var cursor = await ReadCursorAsync(cancellationToken);
        for (var pages = 0; pages < MaxPagesARun; pages++)
        {
            var page = await gateway.LedgerAsync(cursor, PageSize, cancellationToken);
            var found = await ComparePageAsync(page, cancellationToken);
            (healed, differing) = (healed + found.Healed, differing + found.Differing);
            if (page.Next is null)
            {
                break;
            }

            // The last page is never passed: it is compared again, grown, by the next run.
            cursor = page.Next;
            await db.Database.ExecuteSqlAsync($"update payments.reconciliation set cursor = {cursor}", cancellationToken);
        }

        Healed.Add(healed);
        Differing.Add(differing);
        return (healed, differing);
    }

    private async Task<(int Healed, int Differing)> CompareUnresolvedAsync(CancellationToken cancellationToken)
    {
        var unresolved = await db.Payments.AsNoTracking()
            .Where(row => row.Status == PaymentStatus.Unresolved)
            .OrderBy(row => row.UpdatedAt)
            .Take(MaxUnresolvedARun)
            .ToListAsync(cancellationToken);
        return await LookUpAsync(unresolved, cancellationToken);
    }

    private async Task<(int Healed, int Differing)> ComparePageAsync(GatewayLedgerPage page, CancellationToken cancellationToken)
    {
        var standings = LastStandings(page);
        var orderIds = standings.Keys.Select(reference => Guid.TryParse(reference, out var id) ? id : Guid.Empty).ToArray();
        var payments = await db.Payments.AsNoTracking().Where(row => orderIds.Contains(row.OrderId)).ToListAsync(cancellationToken);
        var suspects = payments.Where(payment =>
            standings[PaymentReference.Of(payment.OrderId)] is var (standing, minor)
            && ReconcileRules.Judge(payment, standing, minor) != Verdict.Agrees);
        var (healed, differing) = await LookUpAsync([.. suspects], cancellationToken);

        var strangers = standings.Count - payments.Count;
        if (strangers > 0)
        {
            logger.LogWarning("The provider's ledger has {Count} payments that no order here asked for.", strangers);
        }

        return (healed, differing + strangers);
    }

    private static Dictionary<string, (ProviderStanding Standing, long Minor)> LastStandings(GatewayLedgerPage page)
    {
        var standings = new Dictionary<string, (ProviderStanding, long)>(StringComparer.OrdinalIgnoreCase);
        foreach (var operation in page.Operations.Where(operation => operation.Approved))
        {
            standings[operation.Reference] = (Standings.After(operation.Operation), operation.Amount.Minor);
        }

        return standings;
    }

    // The ledger's page may be older than the row: only a look-up made after the row was read may accuse.
    private async Task<(int Healed, int Differing)> LookUpAsync(List<Payment> suspects, CancellationToken cancellationToken)
    {
        var (healed, differing) = (0, 0);
        foreach (var payment in suspects.Where(suspect => looked.Add(suspect.OrderId)))
        {
            var found = await gateway.FindAsync(PaymentReference.Of(payment.OrderId), cancellationToken);
            var standing = Standings.Of(found.Status);
            switch (ReconcileRules.Judge(payment, standing, found.CapturedMinor))
            {
                case Verdict.Heal:
                    await HealAsync(new(payment.OrderId, payment.Version, standing, found.CapturedMinor), cancellationToken);
                    healed++;
                    break;
                case Verdict.Differs when await IsUnchangedAsync(payment, cancellationToken):
                    logger.LogError(
                        "Order {OrderId}: the payment is {Status} here and {Standing} at the provider. Compare both and correct the one that is wrong.",
                        payment.OrderId, payment.Status, found.Status);
                    differing++;
                    break;
            }
        }

        return (healed, differing);
    }

    private async Task HealAsync(ProviderStandingFound found, CancellationToken cancellationToken)
    {
        logger.LogWarning("Order {OrderId}: the provider has money {Standing} that goes back.", found.OrderId, found.Standing);
        await transactions.RunAsync(
            PaymentsModule.Name, transaction => transaction.SendLocal(found), cancellationToken);
    }

    private Task<bool> IsUnchangedAsync(Payment payment, CancellationToken cancellationToken) =>
        db.Payments.AnyAsync(row => row.OrderId == payment.OrderId && row.Version == payment.Version, cancellationToken);

    private async Task<string?> ReadCursorAsync(CancellationToken cancellationToken)
    {
        var rows = await db.Database
            .SqlQuery<string?>($"""select cursor as "Value" from payments.reconciliation""").ToListAsync(cancellationToken);
        return rows.Single();
    }
}
