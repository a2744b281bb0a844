namespace Orders.Api.OrderProcess;

/// <summary>The time to dispatch a confirmed order is over.</summary>
internal sealed record DispatchDeadline(Guid OrderId);
