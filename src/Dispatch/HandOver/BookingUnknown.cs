using Orders.Dispatch.Shipments;

namespace Orders.Dispatch.HandOver;

/// <summary>The carrier gave no answer in time; it may have the shipment.</summary>
internal sealed record BookingUnknown(Guid OrderId, string Carrier, int Round) : IBookingOutcome;
