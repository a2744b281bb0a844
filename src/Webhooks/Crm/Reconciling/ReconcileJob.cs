using Npgsql;
using Orders.Webhooks.Crm.Intake;
using Orders.Webhooks.Crm.Sources;
using Quartz;

namespace Orders.Webhooks.Crm.Reconciling;

/// <summary>The scheduled job: reconciles each source that can be read, and forgets events that nobody sends again.</summary>
internal sealed class ReconcileJob(
    Reconciliation reconciliation, CrmSources sources, NpgsqlDataSource database, TimeProvider clock, ILogger<ReconcileJob> logger) : IJob
{
    public const string Name = "webhooks.reconcile-crm";

    /// <summary>Longer than any sender retries. An event that comes even later is merged once more, without effect.</summary>
    private static readonly TimeSpan EventsAreKnown = TimeSpan.FromDays(30);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        foreach (var source in sources.All.Where(source => source.IsScheduled))
        {
            await ReconcileAsync(source, cancellationToken);
        }

        await EventTable.ForgetAsync(database, clock.GetUtcNow() - EventsAreKnown, cancellationToken);
    }

    // A CRM that is away must not keep the others from being reconciled; the next run begins where the last good one ended.
    private async Task ReconcileAsync(CrmSource source, CancellationToken cancellationToken)
    {
        try
        {
            var report = await reconciliation.RunAsync(source, cancellationToken);
            if (report.Healed > 0)
            {
                logger.LogInformation("CRM {Source}: {Healed} of {Found} records were another here and are healed", source.Name, report.Healed, report.Found);
            }
        }
        catch (Exception away) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning("CRM {Source} could not be reconciled; the next run tries again: {Fault}", source.Name, away.Message);
        }
    }
}
