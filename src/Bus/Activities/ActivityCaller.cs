using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;
using Polly.CircuitBreaker;

namespace Orders.Bus.Activities;

/// <summary>Makes one destination's calls, each under its time limit, behind one circuit breaker. Thread-safe.</summary>
/// <param name="endpoint">Whose activities they are.</param>
/// <param name="destination">Who is called.</param>
/// <param name="services">The process's.</param>
/// <param name="due">Set once an attempt that failed may be made again.</param>
internal sealed class ActivityCaller(string endpoint, string destination, ExecutorServices services, Signal due)
{
    private readonly Polly.ResiliencePipeline breaker = Breaker.Create(destination, services.Clock, services.Logger);

    /// <returns>What came of it; whatever went wrong is a result as well.</returns>
    public async Task<ActivityResult> AttemptAsync(ActivityWork work, CancellationToken leaving)
    {
        using var span = BusTelemetry.StartActivity(endpoint, work);
        var age = work.Age + services.Clock.GetElapsedTime(work.LeasedAt);
        var attempt = new ActivityAttempt(work.Attempt, work.RequestedAt, work.LastError);
        await using var scope = services.Scopes.CreateAsyncScope();
        try
        {
            if (age >= work.Definition.Options.GiveUpAfter)
            {
                BusTelemetry.ActivityEnded(destination, "given up");
                return GivingUp.Say(work, attempt, scope.ServiceProvider, services.Logger);
            }

            FaultPoints.Reach("before-call");
            using var timeout = new CancellationTokenSource(work.Definition.Options.Timeout, services.Clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, leaving);
            var outcome = await breaker.ExecuteAsync(
                async token => await work.Definition.Execute(scope.ServiceProvider, work.Request.Body, attempt, token), either.Token);
            FaultPoints.Reach("after-call");
            BusTelemetry.ActivityEnded(destination, "answered");
            return new(work, outcome ?? throw new InvalidOperationException("The activity returned null. Return the message that says its outcome."), TimeSpan.Zero, null);
        }
        catch (Exception e)
        {
            // The loop's edge: whatever went wrong, the outcome is unknown and the same request is made again.
            BusTelemetry.ActivityEnded(destination, e is BrokenCircuitException ? "refused by the circuit breaker" : "failed");
            span?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, e.GetType().Name);
            var backoff = Backoff.Next(work.Definition.Options, work.Attempt, age, services.Random);
            due.SetAfter(backoff, services.Clock);
            return new(work, null, backoff, e is OperationCanceledException ? leaving.IsCancellationRequested ? "the process stopped" : "timed out" : $"{e.GetType().Name}: {e.Message}");
        }
    }
}
