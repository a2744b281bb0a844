namespace Orders.Dispatch.HandOver;

/// <summary>Find out whether the carrier has the shipment; unless it is to be kept there, or if it has not, make sure that it never will.</summary>
internal sealed record SettleBooking(Guid OrderId, string Carrier, int Round, bool Keep);
