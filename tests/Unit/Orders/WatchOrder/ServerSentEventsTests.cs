using System.IO.Pipelines;
using System.Text;
using Orders.Api.OrderViews;
using Orders.Api.WatchOrder;
using Orders.Contracts;

namespace Orders.Tests.Unit.OrdersApi.WatchOrder;

public sealed class ServerSentEventsTests
{
    private static readonly Guid Id = new("0199c000-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset T0 = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Each_timeline_entry_that_was_not_seen_is_one_event()
    {
        var total = new Money(100, "USD");
        var order = OrderDocument.Of(new(
            Id, null, T0, false, null, [new("a", "A", 1, total)], total, new("tok_ok"), new("n", "l", "c", "p", "US")));
        order = OrderProjection.Apply(order, new StockReserved(Id, T0, T0));
        order = OrderProjection.Apply(order, new PaymentAuthorised(Id, total, T0));

        Assert.Equal(
            "id: 2\nevent: stock-held\ndata: {}\n\nid: 3\nevent: payment-authorised\ndata: {}\n\n", await TextAsync(order, seen: 1));
        Assert.Equal("", await TextAsync(order, seen: 3));
    }

    private static async Task<string> TextAsync(OrderDocument order, int seen)
    {
        var text = new MemoryStream();
        var output = PipeWriter.Create(text, new(leaveOpen: true));
        ServerSentEvents.Write(output, order, "{}"u8.ToArray(), seen);
        await output.CompleteAsync();
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
