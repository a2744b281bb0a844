using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orders.Bus.Engine;
using Polly.CircuitBreaker;

namespace Orders.Bus.Activities;

/// <summary>
/// Carries out one destination's activities: a bounded queue, a fixed number of callers, one circuit breaker. A destination
/// that is slow or down fills only its own queue.
/// </summary>
internal sealed class DestinationExecutor
{
    /// <summary>Work in hand a caller: enough to keep every caller busy, little enough that leases do not run out in the queue.</summary>
    private const int QueuedPerCaller = 8;

    /// <summary>
    /// A stop waits no longer for a call under way: whoever is called may never answer. It is given up then, and repeated with the
    /// same key by whoever takes it next.
    /// </summary>
    private static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(5);

    private readonly EndpointRuntime endpoint;
    private readonly string destination;
    private readonly Services services;
    private readonly Channel<ActivityWork> queue;
    private readonly HeldLeases held;
    private readonly Signal due = new();
    private readonly int callers;
    private readonly Polly.ResiliencePipeline breaker;
    private int free;

    public DestinationExecutor(EndpointRuntime endpoint, string destination, Services services)
    {
        (this.endpoint, this.destination, this.services) = (endpoint, destination, services);
        callers = endpoint.Activities.Values.Where(a => a.Options.Destination == destination).Max(a => a.Options.MaxParallel);
        free = callers * QueuedPerCaller;
        // Never full: whoever starts work has reserved a place.
        queue = Channel.CreateBounded<ActivityWork>(free);
        held = new(services.Clock);
        breaker = Breaker.Create(destination, services.Clock, services.Logger);
    }

    /// <summary>Takes a place in the queue, if there is one.</summary>
    public bool TryReserve()
    {
        if (Interlocked.Decrement(ref free) >= 0)
        {
            return true;
        }

        Interlocked.Increment(ref free);
        return false;
    }

    public void Release() => Interlocked.Increment(ref free);

    /// <summary>Gives up places whose transaction may have been committed: leases of this process may lie that it does not know of.</summary>
    public void ReleaseInDoubt()
    {
        Release();
        held.Doubt();
    }

    /// <summary>Begins work whose place is reserved and whose lease is committed.</summary>
    public void Start(ActivityWork work)
    {
        held.Add(work.Request.Message);
        if (!queue.Writer.TryWrite(work))
        {
            throw new InvalidOperationException($"Work for {destination} was started without a place. Reserve one first.");
        }
    }

    /// <summary>Something is due, or will be sooner than the next poll.</summary>
    public void Wake() => due.Set();

    /// <summary>Runs until stopped; attempts under way are finished first, if that does not take long.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var leaving = new CancellationTokenSource(Timeout.InfiniteTimeSpan, services.Clock);
        await using var asked = stopping.Register(() => leaving.CancelAfter(DrainWithin));
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => CallAsync(stopping, leaving.Token)).Append(PollAsync(stopping)));
    }

    private async Task CallAsync(CancellationToken stopping, CancellationToken leaving)
    {
        try
        {
            await foreach (var work in queue.Reader.ReadAllAsync(stopping))
            {
                try
                {
                    // The queue is read on when stopping until it is empty: what is left of it is nobody's to begin.
                    if (!stopping.IsCancellationRequested && !work.IsStale(services.Clock))
                    {
                        await services.Completions.AddAsync(await AttemptAsync(work, leaving));
                    }
                }
                finally
                {
                    held.Remove(work.Request.Message);
                    Release();
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Leases of what is still queued are given back when the process leaves.
        }
    }

    private async Task<ActivityResult> AttemptAsync(ActivityWork work, CancellationToken leaving)
    {
        using var span = BusTelemetry.StartActivity(endpoint.Name, work);
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

    private async Task PollAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var taken = await TakeAsync(stopping);
                if (taken == 0)
                {
                    await due.WaitAsync(TimeSpan.FromSeconds(1), stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                held.Doubt();
                services.Logger.LogWarning(e, "Taking activities for {Destination} failed; trying again in a second", destination);
                await due.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
            }
        }
    }

    private async Task<int> TakeAsync(CancellationToken stopping)
    {
        var places = 0;
        while (places < callers && TryReserve())
        {
            places++;
        }

        var taken = 0;
        try
        {
            if (places == 0)
            {
                return 0;
            }

            var doubt = held.RipeDoubt();
            var work = await ActivityQueue.TakeAsync(
                services.Source, endpoint, destination, places, doubt?.Held, services.Directory.ProcessId, services.Registry, services.Clock, stopping);
            if (work.Count < places)
            {
                held.Settle(doubt);
            }

            foreach (var item in work)
            {
                Start(item);
                taken++;
            }

            return taken;
        }
        finally
        {
            for (var i = taken; i < places; i++)
            {
                Release();
            }
        }
    }

    /// <summary>What an executor needs of the process.</summary>
    internal sealed record Services(
        NpgsqlDataSource Source,
        IServiceScopeFactory Scopes,
        MessageRegistry Registry,
        EndpointDirectory Directory,
        ActivityCompletions Completions,
        Random Random,
        TimeProvider Clock,
        ILogger Logger);
}
