namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>A delivery as its endpoint's queue sees it.</summary>
internal sealed record QueuedDelivery(Guid Id, Guid Endpoint, string Key, string State, int Attempts);

/// <summary>An endpoint as its queue sees it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Health">How it does.</param>
/// <param name="WakeAt">When a message comes that looks for work.</param>
/// <param name="Now">The database's time when it was read.</param>
internal sealed record QueuedEndpoint(Guid Id, Health Health, DateTimeOffset? WakeAt, DateTimeOffset Now);
