using Microsoft.EntityFrameworkCore;
using Orders.Bus.Storage;
using Orders.Contracts;
using Orders.Payments.Authorise;
using Orders.Payments.Capture;
using Orders.Payments.Close;
using Orders.Payments.GiftCards;
using Orders.Payments.Reconcile;
using Orders.Payments.State;

namespace Orders.Payments.Storage;

/// <summary>
/// The payments of the present batch: one query reads them all and remembers which do not exist; one more locks the gift cards
/// that they and new orders use, in the order of their codes.
/// </summary>
internal sealed class BatchOfPayments(PaymentsDb db) : IBatchParticipant
{
    private readonly Dictionary<Guid, Payment?> known = [];
    private readonly Dictionary<string, GiftCard?> cards = new(StringComparer.Ordinal);

    public async Task LoadAsync(IReadOnlyList<object> messages, CancellationToken cancellationToken)
    {
        var ids = messages.Select(OrderIdOf).OfType<Guid>().Distinct().ToArray();
        if (ids.Length == 0)
        {
            return;
        }

        foreach (var id in ids)
        {
            known[id] = null;
        }

        // Served by the primary key, payment_pkey.
        await foreach (var payment in db.Payments.Where(row => ids.Contains(row.OrderId)).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            known[payment.OrderId] = payment;
        }

        var codes = messages.OfType<OrderPlaced>().Select(placed => placed.Payment.GiftCard)
            .Concat(known.Values.Select(payment => payment?.GiftCard))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        await LockAsync(codes, cancellationToken);
    }

    public Task StoreAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<Payment?> FindAsync(Guid orderId, CancellationToken cancellationToken)
    {
        if (!known.TryGetValue(orderId, out var payment))
        {
            known[orderId] = payment = await db.Payments.FindAsync([orderId], cancellationToken);
        }

        return payment;
    }

    /// <summary>Keeps the payment's new state; the batch saves it.</summary>
    public void Put(Payment? before, Payment after)
    {
        if (before is null)
        {
            db.Payments.Add(after);
            known[after.OrderId] = after;
            return;
        }

        // The tracked instance takes the new values; a copy stays with whoever holds the old one.
        db.Entry(before).CurrentValues.SetValues(after);
    }

    /// <summary>The gift card, locked until the commit; null when there is no such card.</summary>
    public async Task<GiftCard?> CardAsync(string code, CancellationToken cancellationToken)
    {
        if (!cards.ContainsKey(code))
        {
            await LockAsync([code], cancellationToken);
        }

        return cards[code];
    }

    private async Task LockAsync(string[] codes, CancellationToken cancellationToken)
    {
        if (codes.Length == 0)
        {
            return;
        }

        foreach (var code in codes)
        {
            cards[code] = null;
        }

        // Served by gift_card_pkey.
        var locked = db.GiftCards.FromSql($"select * from payments.gift_card where code = any({codes}) order by code for update");
        await foreach (var card in locked.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            cards[card.Code] = card;
        }
    }

    private static Guid? OrderIdOf(object message) => message switch
    {
        OrderPlaced placed => placed.OrderId,
        CapturePayment capture => capture.OrderId,
        VoidPayment close => close.OrderId,
        RefundPayment close => close.OrderId,
        AuthorisationAnswered answer => answer.OrderId,
        CaptureAnswered answer => answer.OrderId,
        ClosingAnswered answer => answer.OrderId,
        ProviderStandingFound found => found.OrderId,
        _ => null,
    };
}
