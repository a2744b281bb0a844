using Orders.Dispatch.Shipments;

namespace Orders.Dispatch.HandOver;

/// <summary>The carrier has the shipment.</summary>
internal sealed record BookingMade(Guid OrderId, string Carrier, int Round, string TrackingNumber) : IBookingOutcome;
