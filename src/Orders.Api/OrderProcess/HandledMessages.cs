using Orders.Contracts;

namespace Orders.Api.OrderProcess;

/// <summary>Every message that may reach the process, by what it is about.</summary>
internal static class HandledMessages
{
    public static IReadOnlyList<Type> All { get; } =
    [
        typeof(OrderPlaced), typeof(CancelOrder), typeof(PaymentDeadline), typeof(DispatchDeadline),
        typeof(StockReserved), typeof(StockShort), typeof(HoldExpired),
        typeof(PaymentAuthorised), typeof(PaymentDeclined), typeof(PaymentUnresolved),
        typeof(PaymentCaptured), typeof(PaymentCaptureFailed), typeof(PaymentVoided), typeof(PaymentRefunded),
        typeof(ShipmentPacked), typeof(ShipmentDispatched), typeof(DispatchFailed), typeof(ShipmentStopped),
    ];

    /// <summary>What decides whether an order is confirmed.</summary>
    public static IReadOnlyList<Type> Joined { get; } =
    [
        typeof(OrderPlaced), typeof(PaymentDeadline), typeof(StockReserved), typeof(StockShort), typeof(HoldExpired),
        typeof(PaymentAuthorised), typeof(PaymentDeclined), typeof(PaymentUnresolved),
    ];

    /// <summary>Answers of dispatch.</summary>
    public static IReadOnlyList<Type> OfShipment { get; } =
        [typeof(ShipmentPacked), typeof(ShipmentDispatched), typeof(DispatchFailed), typeof(ShipmentStopped)];

    /// <summary>Answers to a capture.</summary>
    public static IReadOnlyList<Type> OfCapture { get; } = [typeof(PaymentCaptured), typeof(PaymentCaptureFailed)];

    /// <summary>Answers to a void or a refund; payments also closes by itself what succeeds too late. Said once.</summary>
    public static IReadOnlyList<Type> OfClosing { get; } = [typeof(PaymentVoided), typeof(PaymentRefunded)];

    /// <summary>What can only answer something that is asked from the confirmation on.</summary>
    public static IReadOnlyList<Type> AfterConfirmation { get; } = [typeof(DispatchDeadline), .. OfCapture, .. OfShipment];
}
