namespace Orders.Simulators.Carrier;

/// <summary>What a carrier knows under one idempotency key.</summary>
/// <param name="Carrier">Which of the carriers.</param>
/// <param name="IdempotencyKey">Names the booking, once and for all.</param>
/// <param name="Reference">The shipper's name for the shipment; null where a cancellation came before any booking.</param>
/// <param name="Status">What became of it.</param>
/// <param name="TrackingNumber">Given with the booking, and kept when it is cancelled.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="At">When it was first heard of.</param>
internal sealed record Booking(
    string Carrier, string IdempotencyKey, string? Reference, BookingStatus Status, string? TrackingNumber, string? Reason, DateTimeOffset At);
