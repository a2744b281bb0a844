using Orders.Contracts;

namespace Orders.Dispatch.Carriers;

/// <summary>What a carrier is asked. The reference is the order id.</summary>
internal sealed record CarrierRequest(string Reference, Address ShipTo);
