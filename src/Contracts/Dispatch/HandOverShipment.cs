namespace Orders.Contracts;

/// <summary>Book a carrier for the packed shipment.</summary>
public sealed record HandOverShipment(Guid OrderId) : ICommand;
