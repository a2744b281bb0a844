using Orders.Contracts;
using static Orders.Api.OrderProcess.OrderState;
using static Orders.Api.OrderProcess.StateRules;
using static Orders.Api.OrderProcess.Transitions.Answers;

namespace Orders.Api.OrderProcess.Transitions;

/// <summary>Placed, and waiting for stock and payment: both good confirms, the first bad answer rejects.</summary>
internal static class Joining
{
    private static readonly Exemption FirstHold = new(
        now => now.Progress.HoldExpiredAt is { } at && ((StockReserved)now.Message).ExpiresAt <= at,
        "It announces the first hold, which has run out.");

    public static IReadOnlyList<StateRules> States { get; } =
    [
        Placed(AwaitingBoth).WithoutStock().WithoutPayment().Unresolved<PaymentDeadline>()
            .On<StockReserved>(AwaitingPayment)
            .On<HoldExpired>(AwaitingPaymentUnheld, Remember.Expiry, Say.ReleaseExpired)
            .On<PaymentAuthorised>(AwaitingStock),

        Placed(AwaitingPayment).WithoutPayment().Unresolved<PaymentDeadline>()
            .On<PaymentAuthorised>(Packing, Confirmation)
            .On<HoldExpired>(AwaitingPaymentUnheld, Remember.Expiry, Say.ReleaseExpired)
            .Ignore<StockReserved>(Duplicate)
            .Ignore<StockShort>(OneAnswer),

        Placed(AwaitingPaymentUnheld).WithoutPayment().Unresolved<PaymentDeadline>()
            .On<PaymentAuthorised>(ReservingAgain, Say.ReserveStock)
            .Ignore<StockReserved>("That hold has run out and was released.")
            .Ignore<StockShort>(OneAnswer)
            .Ignore<HoldExpired>(Duplicate),

        Placed(AwaitingStock).WithoutStock().Authorised()
            .On<StockReserved>(Packing, Confirmation)
            .Ignore<HoldExpired>(HoldStays)
            .Ignore<PaymentDeadline>("The payment is known; only stock is awaited."),

        Placed(ReservingAgain).WithoutStock().Authorised()
            .On<StockReserved>(Packing, FirstHold, Confirmation)
            .Ignore<HoldExpired>(HoldStays)
            .Ignore<PaymentDeadline>("The payment is known; only stock is awaited."),
    ];

    private static StateRules Placed(OrderState state) => In(state).CancelUnconfirmed().Ignore<OrderPlaced>(Duplicate);
}
