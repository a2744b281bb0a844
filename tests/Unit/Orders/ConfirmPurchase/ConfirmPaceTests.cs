using Orders.Api.ConfirmPurchase;

namespace Orders.Tests.Unit.Orders.ConfirmPurchase;

public sealed class ConfirmPaceTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(ConfirmPace.Comfortable)]
    public void A_pipeline_that_keeps_up_slows_nobody(int depth) =>
        Assert.Equal((TimeSpan.Zero, ConfirmCommitter.MaxBatch), ConfirmPace.Of(depth));

    [Fact]
    public void The_deeper_the_backlog_the_longer_the_wait_and_the_smaller_the_batch()
    {
        var paces = Enumerable.Range(0, 100).Select(step => ConfirmPace.Of(step * 20)).ToList();

        Assert.Equal(paces.Select(pace => pace.Wait).Order(), paces.Select(pace => pace.Wait));
        Assert.Equal(paces.Select(pace => pace.Batch).OrderDescending(), paces.Select(pace => pace.Batch));
        Assert.True(paces[20].Wait > TimeSpan.Zero && paces[20].Batch < ConfirmCommitter.MaxBatch);
    }

    [Fact]
    public void However_deep_the_backlog_a_commit_waits_no_longer_than_a_shopper_notices() =>
        Assert.Equal((ConfirmPace.LongestWait, ConfirmPace.SmallestBatch), ConfirmPace.Of(int.MaxValue));
}
