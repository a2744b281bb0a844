using Orders.Host.Client;
using Orders.Host.Demo;

namespace Orders.Tests.Unit.Host.Demo;

public sealed class PartnerInboxTests
{
    private static readonly Guid Accepted = Guid.CreateVersion7();
    private static readonly Guid Completed = Guid.CreateVersion7();
    private static readonly OrderDocument Order = new(
        Guid.CreateVersion7(), "completed", Reason: null, NeedsAttention: false, Version: 7, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch);

    private readonly PartnerInbox inbox = new();

    [Fact]
    public void What_came_twice_counts_once()
    {
        Hear(Accepted, "order.accepted", 1);
        Hear(Accepted, "order.accepted", 1);
        Hear(Completed, "order.completed", 7);

        Assert.Equal(new(2, 2, 0, 0, 1, 1, 1), Report());
        Assert.True(Report().IsRight);
    }

    [Fact]
    public void An_order_whose_events_came_out_of_order_is_not_whole()
    {
        Hear(Completed, "order.completed", 7);
        Hear(Accepted, "order.accepted", 1);

        Assert.Equal((2, 0), (Report().Received, Report().Whole));
        Assert.False(Report().IsRight);
    }

    [Fact]
    public void What_is_missing_unexpected_or_forged_is_not_right()
    {
        Hear(Accepted, "order.accepted", 1);
        Assert.False(Report().IsRight);

        Hear(Completed, "order.completed", 7);
        Assert.True(Report().IsRight);
        Assert.False(inbox.Report(new HashSet<Guid> { Completed }, [Order]).IsRight);

        inbox.TakeForged();
        Assert.False(Report().IsRight);
    }

    private void Hear(Guid id, string type, int version) => inbox.Take(id, type, Order.OrderId, version);

    private PartnerReport Report() => inbox.Report(new HashSet<Guid> { Accepted, Completed }, [Order]);
}
