using Microsoft.Extensions.Logging;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>
/// Asks the endpoint's policy about a message that failed, and carries out the answer. Whatever goes wrong with that, except a
/// lost database, the message leaves its queue for the error queue: it is neither lost nor tried for ever.
/// </summary>
internal sealed class FailureHandling(FailedDeliveries deliveries, WakeUps wakeUps, ILogger<FailureHandling> logger)
{
    /// <returns>True to handle the message again at once.</returns>
    public async Task<bool> DecideAsync(EndpointRuntime endpoint, IncomingMessage message, Exception exception, int attempt)
    {
        try
        {
            var context = new ErrorContext(exception, message.ReadableHeaders, message.Id.ToString("D"), attempt, message.Retries);
            var action = endpoint.CustomPolicy(endpoint.Recoverability, context)
                ?? throw new InvalidOperationException("The policy answered null. Return an action.");
            if (action is ImmediateRetry)
            {
                return true;
            }

            await CarryOutAsync(endpoint, message, action, Speakable.Of(exception), attempt);
        }
        catch (Exception second) when (!Database.IsDown(second))
        {
            var (first, then) = (Speakable.Of(exception), Speakable.Of(second));
            var both = $"{first.Message} And the error handling of '{endpoint.Name}' failed as well: {then.Message}";
            await GiveUpAsync(endpoint, message, new InvalidOperationException(both, new AggregateException(first, then)), attempt);
        }

        BusTelemetry.Failed(endpoint.Name);
        return false;
    }

    private async Task CarryOutAsync(EndpointRuntime endpoint, IncomingMessage message, RecoverabilityAction action, Exception exception, int attempt)
    {
        switch (action)
        {
            case DelayedRetry retry:
                await deliveries.DelayAsync(endpoint, message, retry.Delay);
                wakeUps.Delayed.Set();
                logger.LogInformation(
                    exception, "{Type} {MessageId} failed at {Endpoint}; again in {Delay}", message.Type, message.Id, endpoint.Name, retry.Delay);
                break;
            case Discard discard:
                await deliveries.DeleteAsync(endpoint, message);
                logger.LogWarning(exception, "{Type} {MessageId} is discarded at {Endpoint}: {Reason}", message.Type, message.Id, endpoint.Name, discard.Reason);
                break;
            case MoveToError:
                await GiveUpAsync(endpoint, message, exception, attempt);
                break;
            default:
                throw new InvalidOperationException($"The recoverability action {action.GetType().Name} has no case here.");
        }
    }

    private async Task GiveUpAsync(EndpointRuntime endpoint, IncomingMessage message, Exception fault, int attempt)
    {
        await deliveries.FailAsync(endpoint, message, fault, Attempts(endpoint, message, attempt));
        logger.LogError(fault, "{Type} {MessageId} failed at {Endpoint} for good: it is in the error queue", message.Type, message.Id, endpoint.Name);
    }

    /// <summary>Each delayed retry came after a full round of immediate ones.</summary>
    private static int Attempts(EndpointRuntime endpoint, IncomingMessage message, int ofThisRound) =>
        (message.Retries * (endpoint.Recoverability.Immediate.MaxNumberOfRetries + 1)) + ofThisRound;
}
