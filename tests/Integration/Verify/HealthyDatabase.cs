using System.Reflection;
using Npgsql;
using Orders.Tests.Support;

namespace Orders.Tests.Integration.Verify;

/// <summary>
/// A database as the modules' own migrations make it, holding four orders at rest: one completed and paid with a gift card
/// and a card, one rejected and voided, one cancelled and refunded, and one under way; a partner hears of them, and one of its deliveries waits. Every
/// invariant holds in it.
/// </summary>
internal static class HealthyDatabase
{
    public const string Completed = "01940000-0000-7000-8000-000000000001";
    public const string Rejected = "01940000-0000-7000-8000-000000000002";
    public const string Cancelled = "01940000-0000-7000-8000-000000000003";
    public const string UnderWay = "01940000-0000-7000-8000-000000000004";
    public const string Listening = "01940000-0000-7000-8000-000000000005";

    private static readonly string[] Modules = ["Orders.Bus", "Orders.Api", "Orders.Payments", "Orders.Inventory", "Orders.Dispatch", "Orders.Webhooks", "Orders.Simulators"];

    public static async Task<NpgsqlDataSource> CreateAsync(PostgresServer server)
    {
        var database = NpgsqlDataSource.Create(await server.CreateDatabaseAsync() + ";Pooling=false");
        foreach (var module in Modules.Select(Assembly.Load))
        {
            foreach (var name in module.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                await ExecuteAsync(database, await new StreamReader(module.GetManifestResourceStream(name)!).ReadToEndAsync());
            }
        }

        await ExecuteAsync(database, Seed);
        return database;
    }

    public static async Task ExecuteAsync(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static readonly string Seed = $$$"""
        INSERT INTO bus.endpoint (name) VALUES ('orders');

        CREATE FUNCTION pg_temp.recorded(message_key text, message_type text, message_body text) RETURNS uuid LANGUAGE sql AS $$
            INSERT INTO bus.message (id, type, version, key, intent, conversation, body)
            VALUES (gen_random_uuid(), message_type, 1, message_key, 0, gen_random_uuid(), message_body) RETURNING id
        $$;

        SELECT pg_temp.recorded(id, 'orders.order-placed', '{"lines":[{"sku":"A","name":"A","quantity":2,"unitPrice":{"amount":"3.50","currency":"USD"}},{"sku":"B","name":"B","quantity":1,"unitPrice":{"amount":"10.00","currency":"USD"}}]}')
        FROM unnest(ARRAY['{{{Completed}}}', '{{{Rejected}}}', '{{{Cancelled}}}', '{{{UnderWay}}}']) AS id;
        SELECT pg_temp.recorded('{{{Completed}}}', 'orders.order-completed', '{}');
        SELECT pg_temp.recorded('{{{Rejected}}}', 'orders.order-rejected', '{}');
        SELECT pg_temp.recorded('{{{Cancelled}}}', 'orders.order-cancelled', '{}');

        INSERT INTO orders.confirm_key (key, body_hash, order_id, total, currency, placed_at)
        SELECT decode(md5(id), 'hex'), '\x00', id::uuid, 1700, 'USD', now()
        FROM unnest(ARRAY['{{{Completed}}}', '{{{Rejected}}}', '{{{Cancelled}}}', '{{{UnderWay}}}']) AS id;
        INSERT INTO orders.order_view (id, user_id, skus, status, version, document)
        SELECT id::uuid, 'david', ARRAY['A', 'B'], status, 1, '{"needsAttention":false}'
        FROM (VALUES ('{{{Completed}}}', 'completed'), ('{{{Rejected}}}', 'rejected'), ('{{{Cancelled}}}', 'cancelled'), ('{{{UnderWay}}}', 'accepted')) AS orders (id, status);

        INSERT INTO bus.saga (id, type, correlation, version, forget_at, data)
        SELECT id::uuid, 'OrderSaga', id, 1, forget_at, '{}'
        FROM (VALUES ('{{{Completed}}}', now()), ('{{{UnderWay}}}', NULL)) AS sagas (id, forget_at);
        INSERT INTO bus.delayed (due_at, endpoint, lane, message, saga)
        SELECT now() + interval '5 minutes', 1, 0, id, '{{{UnderWay}}}' FROM pg_temp.recorded('{{{UnderWay}}}', 'orders.payment-deadline', '{}') AS id;

        INSERT INTO inventory.catalog_item (sku, name, price_minor, currency, version, changed_at)
        VALUES ('A', 'A', 350, 'USD', 1, now()), ('B', 'B', 1000, 'USD', 1, now());
        INSERT INTO inventory.stock (sku, on_hand, held, shipped, adjusted) VALUES ('A', 98, 2, 2, 100), ('B', 49, 1, 1, 50);
        INSERT INTO inventory.stock_entry (sku, kind, quantity, order_id, adjustment_key, at)
        VALUES ('A', 'adjusted', 100, NULL, 'a', now()), ('B', 'adjusted', 50, NULL, 'b', now());
        INSERT INTO inventory.stock_entry (sku, kind, quantity, order_id, at)
        SELECT sku, kind, quantity, id::uuid, now()
        FROM (VALUES ('A', 2), ('B', 1)) AS lines (sku, quantity),
             (VALUES ('{{{Completed}}}', 'held'), ('{{{Completed}}}', 'shipped'), ('{{{Rejected}}}', 'held'), ('{{{Rejected}}}', 'released'),
                     ('{{{Cancelled}}}', 'held'), ('{{{Cancelled}}}', 'released'), ('{{{UnderWay}}}', 'held')) AS steps (id, kind);
        INSERT INTO inventory.hold (order_id, state, lines, expires_at, changed_at)
        SELECT id::uuid, state, '[{"sku":"A","quantity":2},{"sku":"B","quantity":1}]', now(), now()
        FROM (VALUES ('{{{Completed}}}', 'committed'), ('{{{Rejected}}}', 'released'), ('{{{Cancelled}}}', 'released'), ('{{{UnderWay}}}', 'held')) AS holds (id, state);

        INSERT INTO dispatch.shipment (order_id, state, lines, prime, tracking_number)
        SELECT id::uuid, state, '[{"sku":"A","quantity":2},{"sku":"B","quantity":1}]', false, tracking
        FROM (VALUES ('{{{Completed}}}', 'dispatched', 'T1'), ('{{{Cancelled}}}', 'stopped', NULL)) AS shipments (id, state, tracking);

        INSERT INTO payments.gift_card (code, currency, balance_minor, held_minor) VALUES ('GIFT', 'USD', 500, 0);
        INSERT INTO payments.gift_card_entry (code, kind, amount_minor, order_id, at)
        VALUES ('GIFT', 'Issued', 1000, NULL, now()), ('GIFT', 'Held', 500, '{{{Completed}}}', now()), ('GIFT', 'Taken', 500, '{{{Completed}}}', now());
        INSERT INTO sim.psp_operation (sequence, at, operation, reference, idempotency_key, card_token, amount_minor, currency, outcome)
        SELECT row_number() OVER (), now(), operation, id, operation || '-' || id, 'tok_ok', amount, 'USD', 'approved'
        FROM (VALUES ('{{{Completed}}}', 'authorise', 1200), ('{{{Completed}}}', 'capture', 1200),
                     ('{{{Rejected}}}', 'authorise', 1700), ('{{{Rejected}}}', 'void', 1700),
                     ('{{{Cancelled}}}', 'authorise', 1700), ('{{{Cancelled}}}', 'capture', 1700), ('{{{Cancelled}}}', 'refund', 1700),
                     ('{{{UnderWay}}}', 'authorise', 1700)) AS operations (id, operation, amount);

        INSERT INTO webhooks.endpoint (id, partner, url, events, secret, created_at, listening_since)
        VALUES ('{{{Listening}}}', 'demo-partner', 'https://example.com', ARRAY['order.accepted', 'order.completed'], '', now() - interval '1 hour', now() - interval '1 hour');
        SELECT pg_temp.recorded('{{{Completed}}}', 'orders.order-status-changed', '{"status":"completed"}');
        INSERT INTO webhooks.event (id, type, key, at, body)
        SELECT md5(type || id)::uuid, type, id, now(), '{}'
        FROM (VALUES ('{{{Completed}}}', 'order.accepted'), ('{{{Completed}}}', 'order.completed'), ('{{{Rejected}}}', 'order.accepted'),
                     ('{{{Cancelled}}}', 'order.accepted'), ('{{{UnderWay}}}', 'order.accepted')) AS told (id, type);
        INSERT INTO webhooks.delivery (id, endpoint, event, type, key, state, due_at, created_at, ended_at, log)
        SELECT md5('{{{Listening}}}' || id)::uuid, '{{{Listening}}}', id, type, key, 'succeeded', NULL, now(), now() + number * interval '1 ms', '[{"status":503},{"status":204}]'
        FROM webhooks.event ORDER BY number;
        UPDATE webhooks.delivery SET state = 'due', due_at = now() + interval '5 minutes', ended_at = NULL, log = '[{"status":503}]' WHERE key = '{{{UnderWay}}}';
        INSERT INTO bus.delayed (due_at, endpoint, lane, message)
        SELECT now() + interval '5 minutes', 1, 0, id FROM pg_temp.recorded('{{{Listening}}}', 'webhooks.drain-endpoint', '{}') AS id;
        """;
}
