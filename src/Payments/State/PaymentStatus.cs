namespace Orders.Payments.State;

/// <summary>Where a payment stands, as far as this module knows. The words are stored.</summary>
internal enum PaymentStatus
{
    Authorising,
    Authorised,
    Declined,
    Unresolved,
    Capturing,
    Captured,
    CaptureFailed,
    Voiding,
    Voided,
    Refunding,
    Refunded,
}
