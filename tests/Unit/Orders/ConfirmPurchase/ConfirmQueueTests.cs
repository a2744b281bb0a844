using Orders.Api.ConfirmPurchase;

namespace Orders.Tests.Unit.OrdersApi.ConfirmPurchase;

public sealed class ConfirmQueueTests
{
    private static readonly ConfirmRequest Request = SomePurchase.Request(SomePurchase.Body());

    [Fact]
    public void A_full_queue_takes_no_more()
    {
        var queue = new ConfirmQueue(capacity: 2);

        Assert.NotNull(queue.TryAdd(Request));
        Assert.NotNull(queue.TryAdd(Request));
        Assert.Null(queue.TryAdd(Request));
    }

    [Fact]
    public void A_closed_queue_takes_none()
    {
        var queue = new ConfirmQueue();
        queue.Close();

        Assert.Null(queue.TryAdd(Request));
    }
}
