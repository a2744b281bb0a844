namespace Orders.Dispatch.HandOver;

/// <summary>
/// Make sure that the carrier never gets the shipment, whether it booked it or not; if it has collected it already, learn that.
/// Always a cancellation, never just a look-up: a booking still on its way would land after the look-up.
/// </summary>
internal sealed record CancelBooking(Guid OrderId, string Carrier, int Round);
