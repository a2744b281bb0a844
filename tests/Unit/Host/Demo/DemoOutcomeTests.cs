using Orders.Host.Client;
using Orders.Host.Demo;

namespace Orders.Tests.Unit.Host.Demo;

public sealed class DemoOutcomeTests
{
    private static readonly DemoKind Good = DemoKind.All.Single(kind => kind.Name == "good");
    private static readonly OrderDocument Completed = Ended("completed", null);
    private static readonly OrderDocument Unresolved = Ended("rejected", "payment-unresolved");

    [Fact]
    public void Only_an_order_that_was_taken_up_again_may_have_met_its_deadline()
    {
        Assert.True(new DemoOutcome(Good, [Completed, Unresolved], new HashSet<Guid> { Unresolved.OrderId }).IsRight);
        Assert.False(new DemoOutcome(Good, [Completed, Unresolved], new HashSet<Guid> { Completed.OrderId }).IsRight);
    }

    [Fact]
    public void Orders_from_before_the_kill_count_among_the_ends_of_their_kind()
    {
        var outcome = new DemoOutcome(Good, [Completed, Unresolved], new HashSet<Guid> { Completed.OrderId, Unresolved.OrderId });

        Assert.Equal(1, outcome.ByEnd["completed"]);
        Assert.Equal(1, outcome.ByEnd["rejected (payment-unresolved)"]);
        Assert.Equal(1, outcome.Late);
    }

    private static OrderDocument Ended(string status, string? reason) =>
        new(Guid.CreateVersion7(), status, reason, NeedsAttention: false, Version: 3, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);
}
