using Orders.Contracts;
using Orders.Payments.Authorise;
using Orders.Payments.Capture;
using Orders.Payments.Close;
using Orders.Payments.Reconcile;

namespace Orders.Payments.State;

/// <summary>What each message makes of a payment, as a pure function. Null: a duplicate or a late message, nothing happens.</summary>
internal static class PaymentRules
{
    public static Decision? Decide(Payment? payment, object message, DateTimeOffset now) => (payment, message) switch
    {
        (null, VoidPayment close) => CloseRules.AskedBeforePlaced(close.OrderId, now),
        (null, RefundPayment close) => CloseRules.AskedBeforePlaced(close.OrderId, now),
        (null, _) => throw new InvalidOperationException($"{message.GetType().Name} came for a payment that nobody asked for. It is tried again."),
        (_, VoidPayment or RefundPayment) => CloseRules.Asked(payment, now),
        (_, CapturePayment capture) => CaptureRules.Asked(payment, capture, now),
        (_, AuthorisationAnswered answer) => AuthoriseRules.Answered(payment, answer, now),
        (_, CaptureAnswered answer) => CaptureRules.Answered(payment, answer, now),
        (_, ClosingAnswered answer) => CloseRules.Answered(payment, answer, now),
        (_, ProviderStandingFound found) => ReconcileRules.Heal(payment, found),
        _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType(), "Payments have no rule for this message."),
    };
}
