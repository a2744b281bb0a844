using Quartz;

namespace Orders.Analytics.Rebuilding;

/// <summary>Rebuilds the counts every night, in one of the processes.</summary>
internal sealed class NightlyRefreshJob(Rebuild rebuild) : IJob
{
    public const string Name = "analytics.refresh";

    /// <summary>A quarter past three, UTC.</summary>
    public const string Cron = "0 15 3 * * ?";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await rebuild.RunAsync(cancellationToken);
}
