using Microsoft.Extensions.Logging;
using Orders.Bus.Engine;

namespace Orders.Bus.Activities;

/// <summary>
/// The outcome that an activity reports in place of an answer. There is no outside world to wait for, so it is retried at
/// once, as often as its endpoint's messages are, and then set aside.
/// </summary>
internal static class GivingUp
{
    public static ActivityResult Say(ActivityWork work, ActivityAttempt attempt, IServiceProvider scope, ILogger logger)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                var outcome = work.Definition.GiveUp(scope, work.Request.Body, attempt);
                return new(work, outcome ?? throw new InvalidOperationException("GiveUp returned null. Return the message that says its outcome."), TimeSpan.Zero, null);
            }
            catch (Exception) when (failures < work.Endpoint.Recoverability.Immediate.MaxNumberOfRetries)
            {
                // Once more, below its limit.
            }
            catch (Exception e)
            {
                logger.LogError(e, "Giving up {Type} {MessageId} failed: it is in the error queue", work.Request.Body.GetType().Name, work.Request.Message);
                BusTelemetry.Failed(work.Endpoint.Name);
                return new(work, null, TimeSpan.Zero, null, e);
            }
        }
    }
}
