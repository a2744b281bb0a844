using Orders.Contracts;
using Orders.Payments.GiftCards;
using Orders.Payments.State;

namespace Orders.Payments.Close;

/// <summary>Giving the money back, wherever it is: a void, or a refund once it was captured.</summary>
internal static class CloseRules
{
    /// <summary>VoidPayment and RefundPayment ask for the same: that nothing is kept. What happens is the payment's state's to say.</summary>
    public static Decision? Asked(Payment payment, DateTimeOffset now)
    {
        if (payment.Closing || payment.EndAnnounced)
        {
            return null;
        }

        var closing = payment with { Closing = true };
        return payment.Status switch
        {
            PaymentStatus.Authorised or PaymentStatus.CaptureFailed => closing.CardMinor == 0 ? EndVoided(closing, now) : Void(closing),
            PaymentStatus.Unresolved => Void(closing),
            PaymentStatus.Captured => closing.CardCapturedMinor == 0 ? EndRefunded(closing, now) : Refund(closing),
            PaymentStatus.Declined or PaymentStatus.Voided => AnnounceVoided(Decision.Become(closing), now),
            PaymentStatus.Refunded => AnnounceRefunded(Decision.Become(closing), now),
            _ when payment.IsInFlight => Decision.Become(closing),
            _ => throw new ArgumentOutOfRangeException(nameof(payment), payment.Status, "Say here how such a payment is closed."),
        };
    }

    /// <summary>Closed before its order was heard of: nothing was set aside, and nothing will be.</summary>
    public static Decision AskedBeforePlaced(Guid orderId, DateTimeOffset now) => AnnounceVoided(
        Decision.Become(new() { OrderId = orderId, Status = PaymentStatus.Voided, Closing = true }), now);

    public static Decision? Answered(Payment payment, ClosingAnswered answer, DateTimeOffset now) =>
        (payment.Status, answer.Standing) switch
        {
            (PaymentStatus.Voiding or PaymentStatus.Refunding, ProviderStanding.Nothing) => EndVoided(payment, now),
            (PaymentStatus.Voiding or PaymentStatus.Refunding, ProviderStanding.Refunded) =>
                EndRefunded(payment with { CardCapturedMinor = answer.CapturedMinor }, now),
            (PaymentStatus.Voiding, ProviderStanding.Captured) => Refund(payment with { CardCapturedMinor = answer.CapturedMinor }),
            (PaymentStatus.Refunding, ProviderStanding.Authorised) => Void(payment),
            (PaymentStatus.Voiding, ProviderStanding.Authorised) or (PaymentStatus.Refunding, ProviderStanding.Captured) =>
                throw new InvalidOperationException($"The provider neither did nor refused what order {payment.OrderId} asked for."),
            _ => null,
        };

    public static Decision Void(Payment payment) => Decision
        .Become(payment with { Status = PaymentStatus.Voiding })
        .Ask(new VoidAtProvider(payment.OrderId));

    public static Decision Refund(Payment payment) => Decision
        .Become(payment with { Status = PaymentStatus.Refunding })
        .Ask(new RefundAtProvider(payment.OrderId));

    public static Decision EndVoided(Payment payment, DateTimeOffset now)
    {
        var decision = GiveGiftBack(payment with { Status = PaymentStatus.Voided, CardCapturedMinor = 0 });
        return payment.Closing ? AnnounceVoided(decision, now) : decision;
    }

    private static Decision EndRefunded(Payment payment, DateTimeOffset now)
    {
        var decision = GiveGiftBack(payment with { Status = PaymentStatus.Refunded });
        return payment.Closing ? AnnounceRefunded(decision, now) : decision;
    }

    // What was taken goes back to the balance, what is only held is let go.
    private static Decision GiveGiftBack(Payment payment) => payment.GiftHeldMinor > 0
        ? Decision.Become(payment with { GiftHeldMinor = 0, GiftTakenMinor = 0 }).Move(GiftCardMovementKind.Released, payment.GiftHeldMinor)
        : Decision.Become(payment).Move(GiftCardMovementKind.Returned, payment.GiftTakenMinor);

    private static Decision AnnounceVoided(Decision decision, DateTimeOffset now) => decision.Payment.EndAnnounced
        ? decision
        : (decision with { Payment = decision.Payment with { EndAnnounced = true } })
            .Publish(new PaymentVoided(decision.Payment.OrderId, now));

    private static Decision AnnounceRefunded(Decision decision, DateTimeOffset now) => decision.Payment.EndAnnounced
        ? decision
        : (decision with { Payment = decision.Payment with { EndAnnounced = true } })
            .Publish(new PaymentRefunded(decision.Payment.OrderId, decision.Payment.Captured, now));
}
