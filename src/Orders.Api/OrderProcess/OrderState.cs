namespace Orders.Api.OrderProcess;

/// <summary>
/// Where an order is. Names are stored and appear in histories: add to them, never rename one. What shoppers see is coarser
/// (<see cref="OrderStates.Status"/>).
/// </summary>
internal enum OrderState
{
    /// <summary>Nothing is known yet. The next five are answers that overtook OrderPlaced.</summary>
    New,
    HeldEarly,
    ExpiredEarly,
    AuthorisedEarly,
    BothEarly,
    AuthorisedExpiredEarly,

    AwaitingBoth,
    AwaitingPayment,

    /// <summary>The hold ran out before the payment was known; the units are given back.</summary>
    AwaitingPaymentUnheld,
    AwaitingStock,

    /// <summary>Authorised after the hold ran out: the same units are asked for again.</summary>
    ReservingAgain,

    Packing,
    Capturing,
    HandingOver,

    /// <summary>No carrier took it. An operator was told; it may still go out, until the dispatch deadline.</summary>
    HandOverFailed,

    /// <summary>To be cancelled, but a capture is in flight and its answer decides how.</summary>
    CancellingCapture,
    StoppingShipment,
    Refunding,
    Voiding,

    Completed,
    Rejected,
    Cancelled,
}
