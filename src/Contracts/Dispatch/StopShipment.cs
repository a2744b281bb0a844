namespace Orders.Contracts;

/// <summary>Do not hand the shipment over. Answered by ShipmentStopped, or by ShipmentDispatched if it is too late.</summary>
public sealed record StopShipment(Guid OrderId) : ICommand;
