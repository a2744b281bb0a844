using Orders.Bus.Engine;

namespace Orders.Tests.Unit.Bus;

public sealed class BatchPaceTests
{
    [Theory]
    [InlineData(BatchPace.Load - 1, 0, 0)] // quiet: at once
    [InlineData(BatchPace.Load, 0, 25)] // under load: the interval
    [InlineData(300, 10, 15)] // what is left of it
    [InlineData(300, 25, 0)]
    [InlineData(300, 4000, 0)] // a slow batch is not followed by a wait
    public void A_batch_that_shows_load_is_followed_by_what_is_left_of_the_interval(int handled, int tookMs, int waitMs) =>
        Assert.Equal(TimeSpan.FromMilliseconds(waitMs), BatchPace.Of(handled, TimeSpan.FromMilliseconds(tookMs)));

    [Fact]
    public async Task A_stop_ends_the_wait_at_once()
    {
        using var stopping = new CancellationTokenSource();
        var pace = new BatchPace(new StandingClock());
        pace.Begin();
        var wait = pace.WaitAsync(300, stopping.Token);
        Assert.False(wait.IsCompleted);
        await stopping.CancelAsync();
        await wait;
    }

    /// <summary>Its timers never end.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Never();

        private sealed class Never : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
