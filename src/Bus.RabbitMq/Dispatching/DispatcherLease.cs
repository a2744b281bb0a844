using Npgsql;
using Orders.Bus.Engine;

namespace Orders.Bus.RabbitMq;

/// <summary>
/// One process at a time empties the outbox, so that its order is kept. The lease ends by itself, and at once when its holder
/// dies; who works on without it, having been stopped for a while, reads no further rows, and what it sends again is a duplicate.
/// </summary>
internal sealed class DispatcherLease(NpgsqlDataSource source, EndpointDirectory directory, TimeProvider clock)
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(1);

    private long? renewed;

    public int Holder => directory.ProcessId;

    /// <summary>Takes it, or keeps it.</summary>
    /// <returns>False while another process has it.</returns>
    public async Task<bool> HoldAsync(CancellationToken cancellationToken)
    {
        if (renewed is { } last && clock.GetElapsedTime(last) < Renewal)
        {
            return true;
        }

        var now = clock.GetTimestamp();
        renewed = await ExecuteAsync(
            """
            update bus.dispatcher set holder = $1, until = bus.now() + interval '5 seconds'
            where holder is null or holder = $1 or until < bus.now()
            """,
            cancellationToken) == 1 ? now : null;
        return renewed is not null;
    }

    public async Task ReleaseAsync()
    {
        renewed = null;
        try
        {
            await ExecuteAsync("update bus.dispatcher set holder = null where holder = $1", CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // It ends by itself.
        }
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = Holder });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
