namespace Orders.Contracts;

/// <summary>The latest time of delivery that the shopper may count on.</summary>
public sealed record DeliveryPromised(Guid OrderId, DateTimeOffset PromisedBy, DateTimeOffset At) : IEvent;
