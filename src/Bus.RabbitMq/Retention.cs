using Orders.Bus.Engine;

namespace Orders.Bus.RabbitMq;

/// <summary>The inbox has to know a message for as long as anything may bring it back, or the duplicate is handled.</summary>
internal static class Retention
{
    /// <exception cref="TransportException">The inbox forgets too soon.</exception>
    public static void Check(RabbitMqSettings settings, IEnumerable<EndpointRuntime> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            var needed = LongestRetry(endpoint.Recoverability) + settings.ManualRetryAge;
            if (settings.InboxRetention <= needed)
            {
                throw new TransportException(
                    $"Orders:RabbitMq:InboxRetention is {settings.InboxRetention}, but endpoint '{endpoint.Name}' may retry a message for {needed}, "
                    + $"Orders:RabbitMq:ManualRetryAge ({settings.ManualRetryAge}) included. Give it more than that, or retry for a shorter time.");
            }
        }
    }

    /// <summary>The delayed retries of a message that fails for ever, added up. A policy of an endpoint's own is taken to keep within its settings.</summary>
    internal static TimeSpan LongestRetry(RecoverabilityConfig recoverability)
    {
        var failure = new InvalidOperationException("Fails for ever.");
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        var sum = TimeSpan.Zero;
        for (var retries = 0; DefaultRecoverabilityPolicy.Invoke(recoverability, Failure(retries)) is DelayedRetry retry; retries++)
        {
            // Jitter differs from message to message: half as long again is its most.
            sum += retry.Delay * 1.5;
        }

        return sum;

        ErrorContext Failure(int retries) => new(failure, headers, Guid.Empty.ToString("D"), int.MaxValue, retries);
    }
}
