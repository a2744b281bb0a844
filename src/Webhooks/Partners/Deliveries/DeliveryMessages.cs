using Orders.Webhooks.Partners.Sending;

namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>Send what is due to the endpoint, as much of it as may be under way. The key of all of these is the endpoint, so one at a time decides for it.</summary>
/// <param name="EndpointId">Whose.</param>
/// <param name="WakeAt">The time that this message was sent to come at; null where it came at once.</param>
internal sealed record DrainEndpoint(Guid EndpointId, DateTimeOffset? WakeAt = null) : ICommand;

/// <summary>Make one attempt.</summary>
internal sealed record AttemptDelivery(Guid EndpointId, Guid DeliveryId, int Attempt) : ICommand;

/// <summary>What came of it.</summary>
/// <param name="EndpointId">Whose.</param>
/// <param name="DeliveryId">Which.</param>
/// <param name="Attempt">1 for the first.</param>
/// <param name="Answer">Null: it was not made, because the endpoint was disabled meanwhile.</param>
internal sealed record DeliveryAttempted(Guid EndpointId, Guid DeliveryId, int Attempt, Answer? Answer) : ICommand;

/// <summary>Send the endpoint again what happened from then until then, of the kinds that it listens to; a piece at a time.</summary>
internal sealed record ReplayEvents(Guid EndpointId, DateTimeOffset From, DateTimeOffset To, long AfterNumber = 0) : ICommand;
