using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orders.Bus.Engine;

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
    private readonly ExecutorServices services;
    private readonly Channel<ActivityWork> queue;
    private readonly HeldLeases held;
    private readonly Signal due = new();
    private readonly int callers;
    private readonly TimeSpan lease;
    private readonly ActivityCaller caller;
    private int free;

    public DestinationExecutor(EndpointRuntime endpoint, string destination, ExecutorServices services)
    {
        (this.endpoint, this.destination, this.services) = (endpoint, destination, services);
        var activities = endpoint.Activities.Values.Where(activity => activity.Calls(destination)).ToList();
        callers = activities.Max(activity => activity.Options.MaxParallel);
        lease = activities.Max(ActivityWork.LeaseOf);
        free = callers * QueuedPerCaller;
        // Never full: whoever starts work has reserved a place.
        queue = Channel.CreateBounded<ActivityWork>(free);
        held = new(services.Clock);
        caller = new(endpoint.Name, destination, services, due);
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
                        await services.Completions.AddAsync(await caller.AttemptAsync(work, leaving));
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
                services.Source, endpoint, destination, places, lease, doubt?.Held, services.Directory.ProcessId, services.Registry, services.Clock, stopping);
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
}
