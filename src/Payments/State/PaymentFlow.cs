using Orders.Payments.GiftCards;
using Orders.Payments.Storage;

namespace Orders.Payments.State;

/// <summary>Finds the payment, has it decided, and carries the decision out within the batch.</summary>
internal sealed class PaymentFlow(BatchOfPayments payments, PaymentsDb db, TimeProvider clock)
{
    public async Task ApplyAsync(Guid orderId, object message, IMessageHandlerContext context)
    {
        var payment = await payments.FindAsync(orderId, context.CancellationToken);
        if (PaymentRules.Decide(payment, message, clock.GetUtcNow()) is { } decision)
        {
            await CarryOutAsync(decision, context);
        }
    }

    public async Task CarryOutAsync(Decision decision, IMessageHandlerContext context)
    {
        var now = clock.GetUtcNow();
        foreach (var movement in decision.Movements)
        {
            await MoveAsync(movement, decision.Payment.OrderId, now, context.CancellationToken);
        }

        payments.Put(decision.Payment with { Version = decision.Payment.Version + 1, UpdatedAt = now });
        foreach (var happened in decision.Events)
        {
            await context.Publish(happened);
        }

        if (decision.Activity is { } activity)
        {
            await context.SendLocal(activity);
        }
    }

    private async Task MoveAsync(GiftCardMovement movement, Guid orderId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var card = await payments.CardAsync(movement.Code, cancellationToken)
            ?? throw new InvalidOperationException($"The gift card that order {orderId} uses is gone. Gift cards are never deleted: restore it.");
        card.Apply(movement.Kind, movement.Minor);
        db.GiftCardEntries.Add(new()
        {
            Code = movement.Code, Kind = movement.Kind, AmountMinor = movement.Minor, OrderId = orderId, At = now,
        });
    }
}
