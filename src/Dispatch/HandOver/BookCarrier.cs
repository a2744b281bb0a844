using Orders.Bus.Composition;
using Orders.Contracts;

namespace Orders.Dispatch.HandOver;

/// <summary>Ask the carrier to take the shipment.</summary>
internal sealed record BookCarrier(Guid OrderId, string Carrier, int Round, [property: Personal] Address ShipTo);
