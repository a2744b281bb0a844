using System.Threading.Channels;

namespace Orders.Tests.Bus.Recoverability;

/// <summary>The system's clock, but who waits for exactly <paramref name="held"/> waits until the test lets go.</summary>
internal sealed class HoldingClock(TimeSpan held) : TimeProvider
{
    private readonly Channel<Action> waiting = Channel.CreateUnbounded<Action>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != held)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        waiting.Writer.TryWrite(() => callback(state));
        return new Held();
    }

    /// <summary>Waits until somebody waits, 30 seconds at most, and returns what ends that wait.</summary>
    public async Task<Action> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        return await waiting.Reader.ReadAsync(limit.Token);
    }

    private sealed class Held : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            // Nothing runs.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
