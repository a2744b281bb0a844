namespace Orders.Host.Verify;

/// <summary>C: no payment stays authorised, and no gift card held, for an order that has ended; nothing is captured beyond its authorisation.</summary>
internal sealed class NoMoneyHeld : InvariantCheck
{
    public override string Name => "C authorisations: none is left behind by an ended order, none exceeded";

    public override IReadOnlyList<string> Tables => [.. Work.Tables, "sim.psp_operation", "payments.gift_card", "payments.gift_card_entry"];

    protected override string Faults => $"""
        WITH {Work.Busy}, {Work.Ended}, {Money.Provider}, {Money.GiftCards}
        SELECT format('order %s has ended (%s) with %s %s authorised, neither captured nor voided', provider.key, ended.type, provider.authorised, provider.currency)
        FROM provider
        JOIN ended ON ended.key = provider.key
        WHERE provider.authorised > 0 AND provider.captured = 0 AND NOT provider.voided AND provider.key NOT IN (SELECT key FROM busy)
        UNION ALL
        SELECT format('order %s has ended (%s) with %s %s held on a gift card', gift.key, ended.type, gift.held, gift.currency)
        FROM gift
        JOIN ended ON ended.key = gift.key
        WHERE gift.held <> 0 AND gift.key NOT IN (SELECT key FROM busy)
        UNION ALL
        SELECT format(
            'payment %s: %s %s authorised, %s captured, %s refunded', provider.key, provider.authorised, provider.currency,
            provider.captured, provider.refunded)
        FROM provider
        WHERE provider.captured > provider.authorised OR provider.refunded > provider.captured
        """;

    protected override string LookedAt => $"""
        WITH {Money.Provider}
        SELECT format(
            '%s payments at the provider: %s captured, %s voided, %s refunded', count(*),
            count(*) FILTER (WHERE captured > 0), count(*) FILTER (WHERE voided), count(*) FILTER (WHERE refunded > 0))
        FROM provider
        """;
}
