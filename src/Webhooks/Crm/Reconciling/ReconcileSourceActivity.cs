using Orders.Bus.Activities;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Reconciling;

/// <summary>Reconciles when asked by a message. It reads at the CRM and writes here what is already so there: repeated, it changes nothing.</summary>
internal sealed class ReconcileSourceActivity(Reconciliation reconciliation, CrmSources sources) : IActivity<ReconcileSource>
{
    public async Task<object> ExecuteAsync(ReconcileSource request, ActivityAttempt attempt, CancellationToken cancellationToken)
    {
        var source = sources.Of(request.Source);
        if (source.Url is null)
        {
            return GiveUp(request, attempt);
        }

        var report = await reconciliation.RunAsync(source, cancellationToken);
        return new SourceReconciled(request.Source, report.Found, report.Healed);
    }

    public object GiveUp(ReconcileSource request, ActivityAttempt attempt) => new SourceReconciled(request.Source, 0, 0, GivenUp: true);
}
