using Orders.Dispatch.Shipments;

namespace Orders.Dispatch.HandOver;

/// <summary>The carrier has it not and never will: it said no.</summary>
internal sealed record BookingRefused(Guid OrderId, string Carrier, int Round, string Reason) : IBookingOutcome;
