using Orders.Payments.GiftCards;

namespace Orders.Payments.State;

/// <summary>
/// What a message makes of a payment: the payment after it, the events to publish, at most one activity to ask for, and what
/// moves on the gift card. A value; the flow carries it out.
/// </summary>
internal sealed record Decision(Payment Payment)
{
    public IReadOnlyList<IEvent> Events { get; private init; } = [];

    public object? Activity { get; private init; }

    public IReadOnlyList<GiftCardMovement> Movements { get; private init; } = [];

    public static Decision Become(Payment payment) => new(payment);

    public Decision Publish(IEvent happened) => this with { Events = [.. Events, happened] };

    public Decision Ask(object activity) => this with { Activity = activity };

    /// <summary>Nothing moves for zero.</summary>
    public Decision Move(GiftCardMovementKind kind, long minor) => minor == 0 || Payment.GiftCard is null
        ? this
        : this with { Movements = [.. Movements, new(Payment.GiftCard, kind, minor)] };
}
