using Orders.Api.OrderProcess;
using Orders.Contracts;
using Orders.Hosting;

namespace Orders.Tests.Unit.Orders.OrderProcess;

/// <summary>One order, and one message of each kind that may reach its process.</summary>
internal static class Examples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly Guid OrderId = Guid.Parse("0195d4f0-0000-7000-8000-000000000001");

    public static readonly Deadlines Deadlines = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromDays(1));

    public static readonly Money Total = new(250, "USD");

    public static OrderPlaced Placed { get; } = new(
        OrderId, "david", Noon, false, null,
        [new("tea", "Tea", 2, new(100, "USD")), new("cup", "Cup", 1, new(50, "USD"))],
        Total, new("tok_ok"), new("David Xiang", "1 Main St", "Springfield", "12345", "US"));

    public static CancelOrder Cancel { get; } = new(OrderId, "changed my mind", Noon);

    public static StockReserved Reserved { get; } = new(OrderId, Noon.AddMinutes(15), Noon);

    public static StockReserved ReservedAgain { get; } = new(OrderId, Noon.AddMinutes(31), Noon.AddMinutes(16));

    public static StockShort Short { get; } = new(OrderId, ["tea"], Noon);

    public static HoldExpired Expired { get; } = new(OrderId, Noon.AddMinutes(15));

    public static PaymentAuthorised Authorised { get; } = new(OrderId, Total, Noon);

    public static PaymentDeclined Declined { get; } = new(OrderId, "no funds", Noon);

    public static PaymentUnresolved Unresolved { get; } = new(OrderId, Noon);

    public static PaymentCaptured Captured { get; } = new(OrderId, Total, Noon);

    public static PaymentCaptureFailed CaptureFailed { get; } = new(OrderId, "refused", Noon);

    public static PaymentVoided Voided { get; } = new(OrderId, Noon);

    public static PaymentRefunded Refunded { get; } = new(OrderId, Total, Noon);

    public static ShipmentPacked Packed { get; } = new(OrderId, [new("tea", 2), new("cup", 1)], Noon);

    public static ShipmentDispatched Dispatched { get; } = new(OrderId, "Swift", "SW1", Noon);

    public static DispatchFailed FailedDispatch { get; } = new(OrderId, "no carrier", Noon);

    public static ShipmentStopped Stopped { get; } = new(OrderId, Noon);

    public static PaymentDeadline PaymentOverdue { get; } = new(OrderId);

    public static DispatchDeadline DispatchOverdue { get; } = new(OrderId);

    public static IReadOnlyList<object> OfEveryKind { get; } =
    [
        Placed, Cancel, PaymentOverdue, DispatchOverdue, Reserved, Short, Expired, Authorised, Declined, Unresolved,
        Captured, CaptureFailed, Voided, Refunded, Packed, Dispatched, FailedDispatch, Stopped,
    ];

    public static Decision Decide(OrderProgress progress, object message) =>
        OrderDecision.Decide(OrderTransitions.Current, new(OrderId, progress, message, Noon, Deadlines));

    /// <summary>What has been decided after the messages, in order: the progress, and all that was said by then.</summary>
    public static Decision After(params IEnumerable<object> messages) => messages.Aggregate(
        new Decision(new(), []),
        (before, message) => Decide(before.Progress, message) switch
        {
            var decision => decision with { Outgoing = [.. before.Outgoing, .. decision.Outgoing] },
        });

    public static IEnumerable<string> Names(this Decision decision) => decision.Outgoing.Select(said => said.Message.GetType().Name);
}
