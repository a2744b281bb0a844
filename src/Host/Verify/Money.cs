namespace Orders.Host.Verify;

/// <summary>SQL about money that the checks of C begin with.</summary>
internal static class Money
{
    /// <summary>
    /// <c>provider(key, currency, authorised, captured, refunded, voided)</c>: each payment in minor units, by the provider's own
    /// ledger. An operation repeated with its key stands there once.
    /// </summary>
    public const string Provider = """
        provider AS MATERIALIZED (
            SELECT reference AS key, currency,
                   coalesce(sum(amount_minor) FILTER (WHERE operation = 'authorise'), 0) AS authorised,
                   coalesce(sum(amount_minor) FILTER (WHERE operation = 'capture'), 0) AS captured,
                   coalesce(sum(amount_minor) FILTER (WHERE operation = 'refund'), 0) AS refunded,
                   bool_or(operation = 'void') AS voided
            FROM sim.psp_operation
            WHERE outcome = 'approved'
            GROUP BY reference, currency
        )
        """;

    /// <summary>
    /// <c>goods(key, currency, value)</c>: what left the warehouse, at the prices that the order was placed at. An amount has
    /// exactly its currency's digits, so that without its point it counts minor units.
    /// </summary>
    public const string Goods = """
        goods AS MATERIALIZED (
            SELECT placed.key, line."unitPrice" ->> 'currency' AS currency,
                   sum(packed.quantity * replace(line."unitPrice" ->> 'amount', '.', '')::bigint)::numeric AS value
            FROM dispatch.shipment
            JOIN bus.message AS placed ON placed.key = shipment.order_id::text AND placed.type = 'orders.order-placed'
            CROSS JOIN jsonb_to_recordset(shipment.lines) AS packed(sku text, quantity bigint)
            JOIN LATERAL jsonb_to_recordset(placed.body::jsonb -> 'lines') AS line(sku text, "unitPrice" jsonb) ON line.sku = packed.sku
            WHERE shipment.state = 'dispatched'
            GROUP BY placed.key, line."unitPrice" ->> 'currency'
        )
        """;

    /// <summary><c>gift(key, currency, held, taken, returned)</c>: the gift cards' part of each order, by their ledger.</summary>
    public const string GiftCards = """
        gift AS MATERIALIZED (
            SELECT entry.order_id::text AS key, card.currency,
                   coalesce(sum(entry.amount_minor) FILTER (WHERE entry.kind = 'Held'), 0)
                     - coalesce(sum(entry.amount_minor) FILTER (WHERE entry.kind IN ('Released', 'Taken')), 0) AS held,
                   coalesce(sum(entry.amount_minor) FILTER (WHERE entry.kind = 'Taken'), 0) AS taken,
                   coalesce(sum(entry.amount_minor) FILTER (WHERE entry.kind = 'Returned'), 0) AS returned
            FROM payments.gift_card_entry AS entry
            JOIN payments.gift_card AS card ON card.code = entry.code
            WHERE entry.order_id IS NOT NULL
            GROUP BY entry.order_id, card.currency
        )
        """;

    /// <summary><c>taken(key, currency, captured, refunded, value)</c>: cards and gift cards together; value = captured − refunded.</summary>
    public const string Taken = """
        taken AS MATERIALIZED (
            SELECT key, currency, sum(captured) AS captured, sum(refunded) AS refunded, sum(captured) - sum(refunded) AS value
            FROM (
                SELECT key, currency, captured, refunded FROM provider
                UNION ALL SELECT key, currency, taken, returned FROM gift
            ) AS both_means
            GROUP BY key, currency
        )
        """;
}
