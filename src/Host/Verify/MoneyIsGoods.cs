namespace Orders.Host.Verify;

/// <summary>C: for each order and in all, what the provider and the gift cards took less what they gave back is what was dispatched.</summary>
internal sealed class MoneyIsGoods : InvariantCheck
{
    public override string Name => "C money: captured − refunded = dispatched, for every order, to the cent";

    public override IReadOnlyList<string> Tables =>
        [.. Work.Tables, "sim.psp_operation", "payments.gift_card", "payments.gift_card_entry", "dispatch.shipment"];

    // An order is judged when it has ended and nothing is left to do for it. A payment that belongs to no order is a fault at once.
    protected override string Faults => $"""
        WITH {Work.Busy}, {Work.Ended}, {Money.Provider}, {Money.GiftCards}, {Money.Goods}, {Money.Taken}
        SELECT format(
            'order %s: %s %s taken, %s %s dispatched (minor units)',
            coalesce(taken.key, goods.key), coalesce(taken.value, 0), coalesce(taken.currency, goods.currency),
            coalesce(goods.value, 0), coalesce(goods.currency, taken.currency))
        FROM taken
        FULL JOIN goods ON goods.key = taken.key AND goods.currency = taken.currency
        JOIN ended ON ended.key = coalesce(taken.key, goods.key)
        WHERE ended.key NOT IN (SELECT key FROM busy) AND coalesce(taken.value, 0) <> coalesce(goods.value, 0)
        UNION ALL
        SELECT format('payment %s at the provider belongs to no order', provider.key)
        FROM provider
        WHERE NOT EXISTS (SELECT FROM bus.message WHERE message.key = provider.key AND message.type = 'orders.order-placed')
        """;

    protected override string Json =>
        "SELECT format('order-placed of order %s', key), body FROM bus.message WHERE type = 'orders.order-placed'";

    protected override string LookedAt => $"""
        WITH {Work.Busy}, {Work.Ended}, {Money.Provider}, {Money.GiftCards}, {Money.Goods}, {Money.Taken},
        rest AS (SELECT key FROM ended WHERE key NOT IN (SELECT key FROM busy)),
        sums AS (
            SELECT taken.currency,
                   sum(taken.captured) AS captured, sum(taken.refunded) AS refunded,
                   coalesce((SELECT sum(goods.value) FROM goods JOIN rest USING (key) WHERE goods.currency = taken.currency), 0) AS dispatched
            FROM taken
            JOIN rest USING (key)
            GROUP BY taken.currency
        )
        SELECT coalesce(
            string_agg(format('%s %s − %s = %s', currency, captured, refunded, dispatched), ', ' ORDER BY currency) || ' (minor units)',
            'no money has moved')
        FROM sums
        """;
}
