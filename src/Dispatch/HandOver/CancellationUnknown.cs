using Orders.Dispatch.Shipments;

namespace Orders.Dispatch.HandOver;

/// <summary>The carrier gave no answer in time even to the cancellation; it may have the shipment.</summary>
internal sealed record CancellationUnknown(Guid OrderId, string Carrier, int Round) : IBookingOutcome;
