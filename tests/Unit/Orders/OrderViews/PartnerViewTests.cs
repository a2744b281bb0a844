using Orders.Api.OrderViews;
using Orders.Contracts;

namespace Orders.Tests.Unit.OrdersApi.OrderViews;

public sealed class PartnerViewTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    private static readonly OrderDocument Order = OrderDocument.Of(new(
        Guid.CreateVersion7(), "david", At, true, "Ring twice", [new("2341083", "Ribbon", 2, new(1050, "USD"))], new(2100, "USD"), new("tok_ok", null),
        new("David Xiang", "1 Main St", "Springfield", "12345", "US", null)));

    [Theory]
    [InlineData(null, null)]
    [InlineData("out-of-stock", "out-of-stock")]
    [InlineData("dispatch-failed", "dispatch-failed")]
    [InlineData("cancelled-by-operator", "cancelled-by-operator")]
    [InlineData("I, David Xiang, moved to 2 Elm St", "cancelled-by-shopper")]
    public void A_partner_reads_our_words_and_never_a_shoppers(string? reason, string? told) => Assert.Equal(told, PartnerView.Of(Order with { Reason = reason }).Reason);

    [Fact]
    public void A_partner_reads_what_the_document_says()
    {
        var view = PartnerView.Of(Order with
        {
            Status = OrderStatus.Completed,
            Version = 10,
            UpdatedAt = At.AddSeconds(9),
            Payment = new("captured", new(2100, "USD"), new(2100, "USD"), null),
            Shipment = new("dispatched", At.AddDays(2), "TRACK", At.AddSeconds(8)),
        });

        Assert.Equal(("completed", 10, At, At.AddSeconds(9), true), (view.Status, view.Version, view.PlacedAt, view.UpdatedAt, view.Prime));
        Assert.Equal(new OrderPayment("captured", new(2100, "USD"), new(2100, "USD"), null), view.Payment);
        Assert.Equal(new OrderShipment("dispatched", At.AddDays(2), "TRACK", At.AddSeconds(8)), view.Shipment);
        Assert.Equal(Order.Lines, view.Lines);
    }
}
