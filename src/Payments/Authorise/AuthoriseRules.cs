using Orders.Contracts;
using Orders.Payments.Close;
using Orders.Payments.GiftCards;
using Orders.Payments.State;

namespace Orders.Payments.Authorise;

/// <summary>From the order to money set aside.</summary>
internal static class AuthoriseRules
{
    /// <summary>The gift card pays first and the card the rest. A gift card that cannot pay at all declines the payment.</summary>
    public static Decision Placed(OrderPlaced placed, GiftCard? giftCard, DateTimeOffset now)
    {
        var payment = new Payment
        {
            OrderId = placed.OrderId,
            Status = PaymentStatus.Authorising,
            Currency = placed.Total.Currency,
            CardToken = placed.Payment.CardToken,
            CardMinor = placed.Total.Minor,
            GiftCard = placed.Payment.GiftCard,
        };
        if (payment.GiftCard is not null && (giftCard is null || giftCard.Currency != payment.Currency))
        {
            var reason = giftCard is null ? "gift-card-unknown" : "gift-card-currency";
            return Decision
                .Become(payment with { Status = PaymentStatus.Declined, GiftCard = null })
                .Publish(new PaymentDeclined(payment.OrderId, reason, now));
        }

        var gift = Math.Min(giftCard?.AvailableMinor ?? 0, placed.Total.Minor);
        payment = payment with { GiftHeldMinor = gift, CardMinor = placed.Total.Minor - gift };
        var decision = payment.CardMinor == 0
            ? Decision
                .Become(payment with { Status = PaymentStatus.Authorised })
                .Publish(new PaymentAuthorised(payment.OrderId, placed.Total, now))
            : Decision
                .Become(payment)
                .Ask(new AuthoriseAtProvider(payment.OrderId, payment.CardToken, payment.Card));
        return decision.Move(GiftCardMovementKind.Held, gift);
    }

    public static Decision? Answered(Payment payment, AuthorisationAnswered answer, DateTimeOffset now) =>
        (payment.Status, answer.Result) switch
        {
            (PaymentStatus.Authorising, AuthorisationResult.Approved) when payment.Closing => CloseRules.Void(payment),
            (PaymentStatus.Authorising, AuthorisationResult.Declined) when payment.Closing => CloseRules.EndVoided(payment, now),
            (PaymentStatus.Authorising, AuthorisationResult.Unknown) when payment.Closing => CloseRules.Void(payment),
            (PaymentStatus.Authorising, AuthorisationResult.Approved) => Decision
                .Become(payment with { Status = PaymentStatus.Authorised })
                .Publish(new PaymentAuthorised(payment.OrderId, payment.Authorised, now)),
            (PaymentStatus.Authorising, AuthorisationResult.Declined) => Decline(payment)
                .Publish(new PaymentDeclined(payment.OrderId, answer.Reason ?? "declined", now)),
            (PaymentStatus.Authorising, AuthorisationResult.Unknown) => Decision
                .Become(payment with { Status = PaymentStatus.Unresolved })
                .Publish(new PaymentUnresolved(payment.OrderId, now)),

            // It was too late for the order: what the provider holds after all goes back.
            (PaymentStatus.Unresolved or PaymentStatus.Declined or PaymentStatus.Voided, AuthorisationResult.Approved) =>
                CloseRules.Void(payment),
            (PaymentStatus.Unresolved, AuthorisationResult.Declined) => Decline(payment),
            _ => null,
        };

    private static Decision Decline(Payment payment) => Decision
        .Become(payment with { Status = PaymentStatus.Declined, GiftHeldMinor = 0 })
        .Move(GiftCardMovementKind.Released, payment.GiftHeldMinor);
}
