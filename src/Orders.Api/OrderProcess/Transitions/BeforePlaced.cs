using Orders.Contracts;
using static Orders.Api.OrderProcess.OrderState;
using static Orders.Api.OrderProcess.StateRules;
using static Orders.Api.OrderProcess.Transitions.Answers;

namespace Orders.Api.OrderProcess.Transitions;

/// <summary>Answers that overtook OrderPlaced: only the confirmation has to wait for it.</summary>
internal static class BeforePlaced
{
    public static IReadOnlyList<StateRules> States { get; } =
    [
        Unplaced(New).WithoutStock().WithoutPayment()
            .On<OrderPlaced>(AwaitingBoth, Remember.Lines, Say.PaymentDeadline)
            .On<StockReserved>(HeldEarly)
            .On<HoldExpired>(ExpiredEarly, Remember.Expiry, Say.ReleaseExpired)
            .On<PaymentAuthorised>(AuthorisedEarly),

        Unplaced(HeldEarly).WithoutPayment()
            .On<OrderPlaced>(AwaitingPayment, Remember.Lines, Say.PaymentDeadline)
            .On<HoldExpired>(ExpiredEarly, Remember.Expiry, Say.ReleaseExpired)
            .On<PaymentAuthorised>(BothEarly)
            .Ignore<StockReserved>(Duplicate)
            .Ignore<StockShort>(OneAnswer),

        Unplaced(ExpiredEarly).WithoutPayment()
            .On<OrderPlaced>(AwaitingPaymentUnheld, Remember.Lines, Say.PaymentDeadline)
            .On<PaymentAuthorised>(AuthorisedExpiredEarly)
            .Ignore<StockReserved>("That hold has run out and was released.")
            .Ignore<StockShort>(OneAnswer)
            .Ignore<HoldExpired>(Duplicate),

        Unplaced(AuthorisedEarly).WithoutStock().Authorised()
            .On<OrderPlaced>(AwaitingStock, Remember.Lines)
            .On<StockReserved>(BothEarly)
            .Ignore<HoldExpired>(HoldStays),

        Unplaced(BothEarly).Authorised()
            .On<OrderPlaced>(Packing, Remember.Lines, Confirmation)
            .Ignore<StockReserved>(Duplicate)
            .Ignore<StockShort>(OneAnswer)
            .Ignore<HoldExpired>(HoldStays),

        Unplaced(AuthorisedExpiredEarly).Authorised()
            .On<OrderPlaced>(ReservingAgain, Remember.Lines, Say.ReserveStock)
            .Ignore<StockReserved>("That hold has run out and was released.")
            .Ignore<StockShort>(OneAnswer)
            .Ignore<HoldExpired>(Duplicate),
    ];

    private static StateRules Unplaced(OrderState state) => In(state)
        .CancelUnconfirmed()
        .Ignore<PaymentDeadline>("The deadline runs from OrderPlaced on.");
}
