using Orders.Dispatch.Shipments;

namespace Orders.Dispatch.HandOver;

/// <summary>The carrier has it not and never will: what was booked, if anything, is cancelled.</summary>
internal sealed record BookingCancelled(Guid OrderId, string Carrier, int Round) : IBookingOutcome;
