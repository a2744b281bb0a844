using Orders.Dispatch.Shipments;

namespace Orders.Dispatch.HandOver;

/// <summary>The carrier gave no answer in time even to the question whether it has the shipment.</summary>
internal sealed record SettlementUnknown(Guid OrderId, string Carrier, int Round) : IBookingOutcome;
