using Orders.Bus.Engine;

namespace Orders.Tests.Unit.Bus;

public sealed class BatchGateTests
{
    [Fact]
    public async Task A_place_that_is_left_is_taken_by_who_waits()
    {
        var gate = new BatchGate(1);
        var first = await gate.EnterAsync(TestContext.Current.CancellationToken);
        var second = gate.EnterAsync(TestContext.Current.CancellationToken);
        first.Dispose();

        Assert.True(first.HasPlace);
        Assert.True((await second).HasPlace);
    }

    [Fact]
    public async Task Nobody_waits_for_long_and_who_had_no_place_leaves_none()
    {
        var gate = new BatchGate(1);
        var first = await gate.EnterAsync(TestContext.Current.CancellationToken);
        using (var second = await gate.EnterAsync(TestContext.Current.CancellationToken))
        {
            Assert.False(second.HasPlace);
        }

        first.Dispose();
        Assert.True((await gate.EnterAsync(TestContext.Current.CancellationToken)).HasPlace);
        Assert.False((await gate.EnterAsync(TestContext.Current.CancellationToken)).HasPlace);
    }
}
