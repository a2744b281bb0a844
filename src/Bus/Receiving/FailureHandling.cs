using Microsoft.Extensions.Logging;
using Npgsql;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>Carries out what the endpoint's policy decides about a message that failed.</summary>
internal sealed class FailureHandling(NpgsqlDataSource source, WakeUps wakeUps, ILogger<FailureHandling> logger)
{
    /// <returns>True to handle the message again at once.</returns>
    public async Task<bool> DecideAsync(EndpointRuntime endpoint, IncomingMessage message, Exception exception, int attempt)
    {
        var context = new ErrorContext(exception, message.Headers, message.Id.ToString("D"), attempt, message.Retries);
        switch (endpoint.CustomPolicy(endpoint.Recoverability, context))
        {
            case ImmediateRetry:
                return true;
            case DelayedRetry retry:
                logger.LogInformation(
                    exception, "{Type} {MessageId} failed at {Endpoint}; again in {Delay}", message.Type, message.Id, endpoint.Name, retry.Delay);
                await DelayAsync(endpoint, message, retry.Delay);
                wakeUps.Delayed.Set();
                break;
            case Discard discard:
                logger.LogWarning(exception, "{Type} {MessageId} is discarded at {Endpoint}: {Reason}", message.Type, message.Id, endpoint.Name, discard.Reason);
                await DeleteAsync(endpoint, message);
                break;
            case MoveToError:
                logger.LogError(exception, "{Type} {MessageId} failed at {Endpoint} for good: it is in the error queue", message.Type, message.Id, endpoint.Name);
                await FailAsync(endpoint, message, exception, attempt);
                break;
            case var unknown:
                throw new InvalidOperationException($"The policy of '{endpoint.Name}' answered {unknown?.GetType().Name ?? "null"}, which is no action.");
        }

        BusTelemetry.Failed(endpoint.Name);
        return false;
    }

    // Each statement deletes the delivery and puts it elsewhere at once; a delivery that is gone already goes nowhere twice.
    private Task DelayAsync(EndpointRuntime endpoint, IncomingMessage message, TimeSpan delay) => MoveAsync(
        """
        with gone as (delete from bus.delivery where endpoint = $1 and lane = $2 and seq = $3 returning endpoint, lane, message, retries)
        insert into bus.delayed (due_at, endpoint, lane, message, retries)
        select bus.now() + $4, endpoint, lane, message, retries + 1 from gone
        """,
        endpoint,
        message,
        new NpgsqlParameter { Value = delay });

    private Task DeleteAsync(EndpointRuntime endpoint, IncomingMessage message) =>
        MoveAsync("delete from bus.delivery where endpoint = $1 and lane = $2 and seq = $3", endpoint, message);

    private Task FailAsync(EndpointRuntime endpoint, IncomingMessage message, Exception exception, int attempts) => MoveAsync(
        """
        with gone as (delete from bus.delivery where endpoint = $1 and lane = $2 and seq = $3 returning endpoint, lane, message)
        insert into bus.failed (id, endpoint, lane, message, attempts, reason, exception, stack)
        select $4, endpoint, lane, message, $5, $6, $7, $8 from gone
        """,
        endpoint,
        message,
        new NpgsqlParameter { Value = Guid.CreateVersion7() },
        new NpgsqlParameter { Value = attempts + message.Retries },
        new NpgsqlParameter { Value = StoredText.Of(exception.Message) },
        new NpgsqlParameter { Value = exception.GetType().FullName! },
        new NpgsqlParameter { Value = StoredText.Of(exception.ToString()) });

    private async Task MoveAsync(string sql, EndpointRuntime endpoint, IncomingMessage message, params NpgsqlParameter[] more)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = endpoint.Id });
        command.Parameters.Add(new() { Value = message.Lane });
        command.Parameters.Add(new() { Value = message.Seq });
        command.Parameters.AddRange(more);
        await command.ExecuteNonQueryAsync();
    }
}
