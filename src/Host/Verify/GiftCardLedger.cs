namespace Orders.Host.Verify;

/// <summary>E: the balances of gift cards are what their entries make of them, and none is overdrawn.</summary>
internal sealed class GiftCardLedger : InvariantCheck
{
    public override string Name => "E gift cards: entries sum to every balance, 0 ≤ held ≤ balance";

    public override IReadOnlyList<string> Tables => ["payments.gift_card", "payments.gift_card_entry"];

    protected override string Faults => """
        WITH entries AS (
            SELECT code,
                   coalesce(sum(amount_minor) FILTER (WHERE kind = 'Issued'), 0)
                     - coalesce(sum(amount_minor) FILTER (WHERE kind = 'Taken'), 0)
                     + coalesce(sum(amount_minor) FILTER (WHERE kind = 'Returned'), 0) AS balance,
                   coalesce(sum(amount_minor) FILTER (WHERE kind = 'Held'), 0)
                     - coalesce(sum(amount_minor) FILTER (WHERE kind IN ('Released', 'Taken')), 0) AS held
            FROM payments.gift_card_entry
            GROUP BY code
        )
        SELECT format(
            'gift card %s: entries make %s, %s of it held; cached %s, %s', coalesce(gift_card.code, entries.code),
            coalesce(entries.balance, 0), coalesce(entries.held, 0), coalesce(gift_card.balance_minor, 0), coalesce(gift_card.held_minor, 0))
        FROM payments.gift_card
        FULL JOIN entries ON entries.code = gift_card.code
        WHERE (coalesce(entries.balance, 0), coalesce(entries.held, 0))
                IS DISTINCT FROM (coalesce(gift_card.balance_minor, 0), coalesce(gift_card.held_minor, 0))
           OR entries.held < 0 OR entries.held > entries.balance
        UNION ALL
        SELECT format('entry %s of gift card %s is of an unknown kind, %s', sequence, code, kind)
        FROM payments.gift_card_entry
        WHERE kind NOT IN ('Issued', 'Held', 'Released', 'Taken', 'Returned')
        """;

    protected override string LookedAt => "SELECT format('%s cards, %s entries', (SELECT count(*) FROM payments.gift_card), count(*)) FROM payments.gift_card_entry";
}
