using Npgsql;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>
/// The SQL of a delivery that failed. Each statement deletes the delivery and puts it elsewhere at once; one that is gone already
/// goes nowhere twice. Uses the primary key of bus.delivery.
/// </summary>
internal sealed class FailedDeliveries(NpgsqlDataSource source)
{
    public Task DelayAsync(EndpointRuntime endpoint, IncomingMessage message, TimeSpan delay) => MoveAsync(
        """
        with gone as (delete from bus.delivery where endpoint = $1 and lane = $2 and seq = $3 returning endpoint, lane, message, retries)
        insert into bus.delayed (due_at, endpoint, lane, message, retries)
        select bus.now() + $4, endpoint, lane, message, retries + 1 from gone
        """,
        endpoint,
        message,
        delay);

    public Task DeleteAsync(EndpointRuntime endpoint, IncomingMessage message) =>
        MoveAsync("delete from bus.delivery where endpoint = $1 and lane = $2 and seq = $3", endpoint, message);

    public Task FailAsync(EndpointRuntime endpoint, IncomingMessage message, Exception fault, int attempts) => MoveAsync(
        """
        with gone as (delete from bus.delivery where endpoint = $1 and lane = $2 and seq = $3 returning endpoint, lane, message)
        insert into bus.failed (id, endpoint, lane, message, attempts, reason, exception, stack)
        select $4, endpoint, lane, message, $5, $6, $7, $8 from gone
        """,
        endpoint,
        message,
        Guid.CreateVersion7(),
        attempts,
        StoredText.Of(fault.Message),
        fault.GetType().FullName!,
        StoredText.Of(fault.ToString()));

    private async Task MoveAsync(string sql, EndpointRuntime endpoint, IncomingMessage message, params object[] more)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in (object[])[endpoint.Id, message.Lane, message.Seq, .. more])
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }
}
