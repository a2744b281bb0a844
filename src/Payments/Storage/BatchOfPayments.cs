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
/// The payments of the present batch: one query reads them all and remembers which do not exist, one statement writes what
/// changed; one more query locks the gift cards that they and new orders use, in the order of their codes.
/// </summary>
internal sealed class BatchOfPayments(PaymentsDb db, BatchStorage storage) : IBatchParticipant
{
    private readonly Dictionary<Guid, Payment?> known = [];
    private readonly HashSet<Guid> changed = [];
    private readonly Dictionary<string, GiftCard?> cards = new(StringComparer.Ordinal);

    public async Task LoadAsync(IReadOnlyList<object> messages, CancellationToken cancellationToken)
    {
        var ids = messages.Select(OrderIdOf).OfType<Guid>().Distinct().ToArray();
        if (ids.Length == 0)
        {
            return;
        }

        await ReadAsync(ids, cancellationToken);
        var codes = messages.OfType<OrderPlaced>().Select(placed => placed.Payment.GiftCard)
            .Concat(known.Values.Select(payment => payment?.GiftCard))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        await LockAsync(codes, cancellationToken);
    }

    public Task StoreAsync(CancellationToken cancellationToken)
    {
        if (changed.Count > 0)
        {
            storage.Defer(PaymentTable.Saving([.. changed.Select(id => known[id]!)]));
        }

        return Task.CompletedTask;
    }

    public async Task<Payment?> FindAsync(Guid orderId, CancellationToken cancellationToken)
    {
        if (!known.ContainsKey(orderId))
        {
            await ReadAsync([orderId], cancellationToken);
        }

        return known[orderId];
    }

    /// <summary>Keeps the payment's new state; the batch saves it.</summary>
    public void Put(Payment payment)
    {
        known[payment.OrderId] = payment;
        changed.Add(payment.OrderId);
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

    /// <summary>What there is already, as if read: then nothing is.</summary>
    internal void Know(Guid orderId, Payment? payment, IEnumerable<GiftCard> giftCards)
    {
        known[orderId] = payment;
        foreach (var card in giftCards)
        {
            cards[card.Code] = card;
        }
    }

    private async Task ReadAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            known[id] = null;
        }

        foreach (var payment in await PaymentTable.LoadAsync(storage, ids, cancellationToken))
        {
            known[payment.OrderId] = payment;
        }
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
        OrderErased erased => erased.OrderId,
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
