using Microsoft.Extensions.Logging;
using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>Whether the pipeline is too far behind to take more in.</summary>
public interface IBacklog
{
    /// <summary>True past the configured depth: answer 503 and say when to come back.</summary>
    bool Overloaded { get; }

    /// <summary>When to try again.</summary>
    TimeSpan RetryAfter { get; }

    /// <summary>Deliveries and activities that wait for endpoints that orders wait for, as of the last look, a tenth of a second ago as a rule.</summary>
    int Depth { get; }
}

/// <summary>How deep the backlog may get.</summary>
public sealed record BacklogOptions
{
    /// <summary>Waiting deliveries and activities, without those of endpoints that may fall behind, from which on new work is refused. Default 20,000.</summary>
    public int MaxDepth { get; init; } = 20_000;
}

internal sealed class Backlog(NpgsqlDataSource source, BacklogOptions options, TimeProvider clock, ILogger<Backlog> logger) : IBacklog
{
    public bool Overloaded => Depth >= options.MaxDepth;

    public TimeSpan RetryAfter => TimeSpan.FromSeconds(2);

    public int Depth { get; private set; }

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100), clock);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Depth = await CountAsync(stopping);
                await timer.WaitForNextTickAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogDebug(e, "The backlog could not be counted; the last count stands");
                await Task.Delay(TimeSpan.FromMilliseconds(500), clock, CancellationToken.None);
            }
        }
    }

    private async Task<int> CountAsync(CancellationToken cancellationToken)
    {
        // Uses the primary key of bus.delivery and index activity_due, no further than the answer is of interest.
        await using var command = source.CreateCommand(
            """
            select coalesce(sum(deliveries + activities), 0)::bigint
            from bus.endpoint e
            cross join lateral (select count(*) as deliveries from (select from bus.delivery where endpoint = e.id limit $1) d) d
            cross join lateral (select count(*) as activities from (select from bus.activity where endpoint = e.id limit $1) a) a
            where not e.may_fall_behind
            """);
        command.Parameters.Add(new() { Value = options.MaxDepth });
        return (int)(long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
