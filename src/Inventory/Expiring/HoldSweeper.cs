namespace Orders.Inventory.Expiring;

/// <summary>Looks for expired holds every second or so. Several processes may sweep at once.</summary>
internal sealed class HoldSweeper(
    ExpiredHolds expired, InventorySettings settings, TimeProvider clock, ILogger<HoldSweeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.SweepEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SweepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.LogDebug("The sweep for expired holds has stopped.");
        }
    }

    // A failed sweep, while the database restarts for example, is made good by the next one.
    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await expired.AnnounceAsync(cancellationToken) == ExpiredHolds.AtMost)
            {
                logger.LogDebug("Announced {Count} expired holds; there may be more.", ExpiredHolds.AtMost);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.LogWarning(exception, "The sweep for expired holds failed; the next one tries again.");
        }
    }
}
