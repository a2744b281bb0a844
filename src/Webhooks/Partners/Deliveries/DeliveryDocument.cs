using System.ComponentModel.DataAnnotations;

namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>A delivery as its partner sees it.</summary>
/// <param name="Id">The webhook-id of every attempt.</param>
/// <param name="Type">The event's type.</param>
/// <param name="Key">What it is about: deliveries of one key are made in order.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Attempts">Since it was last asked for.</param>
/// <param name="CreatedAt">When it was asked for last: at first, by a redelivery or by a replay.</param>
/// <param name="NextAttemptAt">Not before then; null where another is before it, or none is to come.</param>
/// <param name="EndedAt">When it succeeded or was given up.</param>
/// <param name="LastAttempt">Null before the first.</param>
internal sealed record DeliveryDocument(
    Guid Id,
    string Type,
    string Key,
    [property: AllowedValues("pending", "succeeded", "failed")] string Status,
    int Attempts,
    DateTimeOffset CreatedAt,
    DateTimeOffset? NextAttemptAt,
    DateTimeOffset? EndedAt,
    AttemptEntry? LastAttempt);

/// <summary>A delivery with all that is known of it.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Request">The body that is sent, as text.</param>
/// <param name="Log">The last twenty attempts, the oldest first.</param>
internal sealed record DeliveryLog(DeliveryDocument Delivery, string Request, IReadOnlyList<AttemptEntry> Log);

/// <summary>The delivery that tests the endpoint.</summary>
internal sealed record QueuedTest(Guid DeliveryId);

/// <summary>What is sent again.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Events">How many events of the endpoint's kinds there are.</param>
internal sealed record QueuedReplay(DateTimeOffset From, DateTimeOffset To, long Events);
