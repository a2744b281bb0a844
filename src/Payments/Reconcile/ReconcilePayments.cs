using Quartz;

namespace Orders.Payments.Reconcile;

/// <summary>The scheduled job: compares what is new in the provider's ledger and what is unsettled here, and has it healed.</summary>
internal sealed class ReconcilePayments(Reconciliation reconciliation) : IJob
{
    public const string Name = "payments.reconcile";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await reconciliation.RunAsync(cancellationToken);
}
