using Orders.Contracts;
using Orders.Payments.Close;
using Orders.Payments.GiftCards;
using Orders.Payments.State;

namespace Orders.Payments.Capture;

/// <summary>From money set aside to money taken.</summary>
internal static class CaptureRules
{
    public static Decision? Asked(Payment payment, CapturePayment asked, DateTimeOffset now) => payment.Status switch
    {
        _ when payment.CaptureRefused => null,
        PaymentStatus.Authorised when !Covers(payment, asked.Amount) => Refuse(payment, "amount-not-authorised", now),
        PaymentStatus.Authorised => Capture(payment, asked.Amount.Minor, now),
        PaymentStatus.Authorising => throw new InvalidOperationException(
            $"The capture for order {payment.OrderId} overtook its authorisation. It is tried again."),
        PaymentStatus.Declined or PaymentStatus.Unresolved or PaymentStatus.Voiding or PaymentStatus.Voided =>
            Refuse(payment, "voided", now),
        _ => null,
    };

    public static Decision? Answered(Payment payment, CaptureAnswered answer, DateTimeOffset now) =>
        (payment.Status, answer.CapturedMinor) switch
        {
            (PaymentStatus.Capturing, { } captured) when payment.Closing =>
                CloseRules.Refund(payment with { CardCapturedMinor = captured, GiftTakenMinor = 0 }),
            (PaymentStatus.Capturing, null) when payment.Closing => CloseRules.Void(Uncaptured(payment)),
            (PaymentStatus.Capturing, { } captured) => Captured(payment with { CardCapturedMinor = captured }, now),
            (PaymentStatus.Capturing, null) => Refuse(
                Uncaptured(payment) with { Status = PaymentStatus.CaptureFailed }, answer.Refusal ?? "refused", now),

            // Taken after all, when the payment was given up: it goes back.
            (PaymentStatus.CaptureFailed or PaymentStatus.Voided or PaymentStatus.Declined, { } captured) =>
                CloseRules.Refund(payment with { CardCapturedMinor = captured, GiftTakenMinor = 0 }),
            _ => null,
        };

    // The card's share is taken first, so that a card that is set aside is always captured and never left to expire.
    private static Decision Capture(Payment payment, long minor, DateTimeOffset now)
    {
        var fromCard = Math.Min(minor, payment.CardMinor);
        var capturing = payment with
        {
            Status = PaymentStatus.Capturing,
            CardCapturedMinor = fromCard,
            GiftTakenMinor = minor - fromCard,
        };
        return fromCard == 0
            ? Captured(capturing, now)
            : Decision.Become(capturing).Ask(new CaptureAtProvider(payment.OrderId, new(fromCard, payment.Currency)));
    }

    private static Decision Captured(Payment payment, DateTimeOffset now) => Decision
        .Become(payment with { Status = PaymentStatus.Captured, GiftHeldMinor = 0 })
        .Move(GiftCardMovementKind.Taken, payment.GiftTakenMinor)
        .Move(GiftCardMovementKind.Released, payment.GiftHeldMinor - payment.GiftTakenMinor)
        .Publish(new PaymentCaptured(payment.OrderId, payment.Captured, now));

    private static Decision Refuse(Payment payment, string reason, DateTimeOffset now) => Decision
        .Become(payment with { CaptureRefused = true })
        .Publish(new PaymentCaptureFailed(payment.OrderId, reason, now));

    private static Payment Uncaptured(Payment payment) => payment with { CardCapturedMinor = 0, GiftTakenMinor = 0 };

    // Only what costs nothing is paid with nothing: capturing zero of a card's hold would leave the hold behind.
    private static bool Covers(Payment payment, Money amount) => amount.Currency == payment.Currency
        && amount.Minor >= Math.Min(1, payment.Authorised.Minor) && amount.Minor <= payment.Authorised.Minor;
}
