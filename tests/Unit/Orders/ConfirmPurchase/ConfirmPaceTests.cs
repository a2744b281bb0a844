using Orders.Api.ConfirmPurchase;
using Orders.Bus.Engine;

namespace Orders.Tests.Unit.Orders.ConfirmPurchase;

public sealed class ConfirmPaceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(ConfirmPace.Comfortable)]
    public void A_pipeline_that_keeps_up_slows_nobody(int depth) =>
        Assert.Equal((TimeSpan.Zero, double.PositiveInfinity), ConfirmPace.Of(depth, 0));

    [Fact]
    public void The_deeper_the_backlog_the_longer_the_wait_and_the_slower_the_rate()
    {
        var paces = Enumerable.Range(0, 100).Select(step => ConfirmPace.Of(step * 20, 0)).ToList();

        Assert.Equal(paces.Select(pace => pace.Wait).Order(), paces.Select(pace => pace.Wait));
        Assert.Equal(paces.Select(pace => pace.PerSecond).OrderDescending(), paces.Select(pace => pace.PerSecond));
        Assert.True(paces[20].Wait > TimeSpan.Zero && double.IsFinite(paces[20].PerSecond));
    }

    [Fact]
    public void However_deep_the_backlog_a_commit_waits_no_longer_than_a_shopper_notices() =>
        Assert.Equal(ConfirmPace.LongestWait, ConfirmPace.Of(int.MaxValue, 0).Wait);

    [Fact]
    public void Where_more_wait_than_one_commit_takes_commits_are_fewer_and_larger() =>
        Assert.Equal(3 * ConfirmPace.LongestWait, ConfirmPace.Of(4 * ConfirmPace.Comfortable, ConfirmCommitter.MaxBatch + 1).Wait);

    [Fact]
    public void However_slow_the_pipeline_there_is_a_depth_at_which_fewer_are_let_in() =>
        Assert.InRange(ConfirmPace.Of(40 * ConfirmPace.Comfortable, 0).PerSecond, 1, 31);

    [Fact]
    public async Task A_late_commit_takes_what_came_meanwhile_and_never_more_than_fits()
    {
        var clock = new SteppingClock();
        var pace = new ConfirmPace(new Deep(), clock);

        Assert.Equal(10, await AfterAsync(25));
        Assert.Equal(40, await AfterAsync(100));
        Assert.Equal(1, await AfterAsync(0));
        Assert.Equal(ConfirmCommitter.MaxBatch, await AfterAsync(60_000));

        Task<int> AfterAsync(int milliseconds)
        {
            clock.Now += milliseconds;
            return pace.WaitAsync(0, TestContext.Current.CancellationToken);
        }
    }

    private sealed class Deep : IBacklog
    {
        /// <summary>Four times the comfortable depth: 400 a second.</summary>
        public int Depth => 4 * ConfirmPace.Comfortable;

        public bool Overloaded => false;

        public TimeSpan RetryAfter => TimeSpan.Zero;
    }

    /// <summary>Stands still but for what the test adds; its timers end at once.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        public long Now { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
