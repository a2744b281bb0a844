using Npgsql;

namespace Orders.Host.Bench;

/// <summary>Waits until the pipeline has nothing left to do.</summary>
internal sealed class Drain(NpgsqlDataSource database, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        // Several times in a row: a message that is being handled may be about to send the next, or be with the broker.
        for (var idle = 0; idle < 4;)
        {
            idle = await IsIdleAsync(either.Token) ? idle + 1 : 0;
            await Task.Delay(Look, clock, either.Token);
        }
    }

    private async Task<bool> IsIdleAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT NOT EXISTS (SELECT FROM bus.delivery) AND NOT EXISTS (SELECT FROM bus.outgoing) AND NOT EXISTS (SELECT FROM bus.activity)");
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
