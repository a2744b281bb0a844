using Orders.Payments.Close;
using Orders.Payments.State;

namespace Orders.Payments.Reconcile;

/// <summary>What a payment and the provider's standing of it say about each other.</summary>
internal enum Verdict
{
    Agrees,

    /// <summary>The provider has money that nobody here counts on: give it back.</summary>
    Heal,

    /// <summary>They disagree in a way that only a person can mend.</summary>
    Differs,
}

/// <summary>Compares and heals. Payments in flight agree with anything: their own calls find out.</summary>
internal static class ReconcileRules
{
    public static Verdict Judge(Payment payment, ProviderStanding standing, long capturedMinor) => (payment.Status, standing) switch
    {
        _ when payment.IsInFlight => Verdict.Agrees,
        (PaymentStatus.Voided or PaymentStatus.Declined, ProviderStanding.Nothing or ProviderStanding.Refunded) => Verdict.Agrees,
        (PaymentStatus.Unresolved, ProviderStanding.Nothing) => Verdict.Agrees,
        (PaymentStatus.CaptureFailed, ProviderStanding.Nothing or ProviderStanding.Authorised) => Verdict.Agrees,
        (PaymentStatus.Voided or PaymentStatus.Declined or PaymentStatus.Unresolved, ProviderStanding.Authorised) => Verdict.Heal,
        (PaymentStatus.Voided or PaymentStatus.Declined or PaymentStatus.Unresolved or PaymentStatus.CaptureFailed,
            ProviderStanding.Captured) => Verdict.Heal,
        (PaymentStatus.Refunded, ProviderStanding.Captured) => Verdict.Heal,
        (PaymentStatus.Authorised, ProviderStanding.Authorised) => Verdict.Agrees,
        (PaymentStatus.Captured, ProviderStanding.Captured) when capturedMinor == payment.CardCapturedMinor => Verdict.Agrees,
        (PaymentStatus.Refunded, ProviderStanding.Refunded) => Verdict.Agrees,
        _ when payment.CardMinor == 0 && standing == ProviderStanding.Nothing => Verdict.Agrees,
        _ => Verdict.Differs,
    };

    /// <summary>Guards first: a payment that changed since it was compared is compared again next time.</summary>
    public static Decision? Heal(Payment payment, ProviderStandingFound found)
    {
        if (payment.Version != found.Version || Judge(payment, found.Standing, found.CapturedMinor) != Verdict.Heal)
        {
            return null;
        }

        return found.Standing == ProviderStanding.Captured
            ? CloseRules.Refund(payment with { CardCapturedMinor = found.CapturedMinor })
            : CloseRules.Void(payment);
    }
}
