using Orders.Host.Verify;
using Orders.Tests.Support;
using static Orders.Tests.Integration.Verify.HealthyDatabase;

namespace Orders.Tests.Integration.Verify;

/// <summary>Every fault that the checker is there for is planted, and named by the check that it breaks and by no other.</summary>
public sealed class CheckerTests(PostgresServer server)
{
    public static TheoryData<string, string, string> Faults { get; } = new()
    {
        { "A accepted", $"an order-placed message is lost", $"DELETE FROM bus.message WHERE key = '{UnderWay}' AND type = 'orders.order-placed'; DELETE FROM sim.psp_operation WHERE reference = '{UnderWay}'" },
        { "A accepted", "a document is lost", $"DELETE FROM orders.order_view WHERE id = '{UnderWay}'" },
        { "A accepted", "an order stands still", $"DELETE FROM bus.delayed WHERE saga = '{UnderWay}'" },
        { "A accepted", "an order's message is in the error queue", $"INSERT INTO bus.failed (id, endpoint, lane, message, attempts, reason, exception, stack) SELECT gen_random_uuid(), 1, 0, id, 1, 'r', 'e', 's' FROM bus.message WHERE key = '{UnderWay}' LIMIT 1" },
        { "B one end", "an order ends twice", $"INSERT INTO bus.message (id, type, version, key, intent, conversation, body) SELECT gen_random_uuid(), 'orders.order-cancelled', 1, '{Completed}', 0, gen_random_uuid(), '{{}}'" },
        { "B one end", "the same end is recorded twice", $"INSERT INTO bus.message (id, type, version, key, intent, conversation, body) SELECT gen_random_uuid(), 'orders.order-completed', 1, '{Completed}', 0, gen_random_uuid(), '{{}}'" },
        { "B one end", "a document shows another end", $"UPDATE orders.order_view SET status = 'cancelled' WHERE id = '{Completed}'" },
        { "B one end", "a document shows an end that never was", $"UPDATE orders.order_view SET status = 'completed' WHERE id = '{UnderWay}'" },
        { "C money", "a cent too much is captured", $"UPDATE sim.psp_operation SET amount_minor = 1201 WHERE reference = '{Completed}'" },
        { "C money", "a gift card is not given back", $"INSERT INTO payments.gift_card_entry (code, kind, amount_minor, order_id, at) VALUES ('GIFT', 'Held', 100, '{Cancelled}', now()), ('GIFT', 'Taken', 100, '{Cancelled}', now()); UPDATE payments.gift_card SET balance_minor = 400" },
        { "C money", "a refund is lost", $"DELETE FROM sim.psp_operation WHERE reference = '{Cancelled}' AND operation = 'refund'" },
        { "C money", "goods left unpaid", $"UPDATE dispatch.shipment SET state = 'dispatched', tracking_number = 'T2' WHERE order_id = '{Cancelled}'" },
        { "C money", "goods are paid in another currency", $"UPDATE sim.psp_operation SET currency = 'EUR' WHERE reference = '{Completed}'" },
        { "C money", "a payment belongs to no order", "INSERT INTO sim.psp_operation VALUES (99, now(), 'authorise', 'nobody', 'k', 'tok_ok', 100, 'USD', 'approved', NULL)" },
        { "A accepted", "a document is malformed", $"UPDATE orders.order_view SET document = '{{\"needs' WHERE id = '{UnderWay}'" },
        { "C money", "a body is malformed", $"UPDATE bus.message SET body = '{{\"lines\":[' WHERE key = '{Completed}' AND type = 'orders.order-placed'" },
        { "C money", "an amount is no number", $"UPDATE bus.message SET body = replace(body, '3.50', 'much') WHERE key = '{Completed}' AND type = 'orders.order-placed'" },
        { "C authorisations", "a void is lost", $"DELETE FROM sim.psp_operation WHERE reference = '{Rejected}' AND operation = 'void'" },
        { "C authorisations", "a gift card stays held", $"INSERT INTO payments.gift_card_entry (code, kind, amount_minor, order_id, at) VALUES ('GIFT', 'Held', 100, '{Rejected}', now()); UPDATE payments.gift_card SET held_minor = 100" },
        { "C authorisations", "more is captured than was authorised", $"UPDATE sim.psp_operation SET amount_minor = 1100 WHERE reference = '{Completed}' AND operation = 'authorise'" },
        { "D stock", "an item is sold twice", "ALTER TABLE inventory.stock DROP CONSTRAINT available_is_not_negative; INSERT INTO inventory.stock_entry (sku, kind, quantity, adjustment_key, at) VALUES ('A', 'adjusted', -97, 'c', now()); UPDATE inventory.stock SET on_hand = 1, adjusted = 3 WHERE sku = 'A'" },
        { "D holds", "a held unit belongs to nobody", $"UPDATE inventory.hold SET state = 'released' WHERE order_id = '{UnderWay}'" },
        { "D holds", "an ended order still holds", $"UPDATE inventory.hold SET state = 'released' WHERE order_id = '{UnderWay}'; UPDATE inventory.hold SET state = 'held' WHERE order_id = '{Rejected}'" },
        { "E stock ledger", "an entry is lost", "ALTER TABLE inventory.stock_entry DISABLE TRIGGER USER; DELETE FROM inventory.stock_entry WHERE kind = 'shipped' AND sku = 'A'" },
        { "E stock ledger", "a balance without entries", "INSERT INTO inventory.catalog_item VALUES ('C', 'C', 1, 'USD', 1, now()); INSERT INTO inventory.stock (sku, on_hand, adjusted) VALUES ('C', 5, 5)" },
        { "E gift cards", "a balance is made up", "UPDATE payments.gift_card SET balance_minor = 501" },
        { "E gift cards", "an entry's kind is unknown", "INSERT INTO payments.gift_card_entry (code, kind, amount_minor, at) VALUES ('GIFT', 'Found', 1, now())" },
        { "F leases", "a lease is left lying", $"{LivingProcess}; INSERT INTO bus.activity (message, endpoint, destination, due_at, holder, attempts) SELECT id, 1, 'psp', now() - interval '1 hour', 1, 1 FROM bus.message WHERE key = '{UnderWay}' AND type = 'orders.order-placed'" },
        { "F timers", "a timer's saga does not exist", $"INSERT INTO bus.delayed (due_at, endpoint, lane, message, saga) SELECT now() + interval '1 day', 1, 0, id, gen_random_uuid() FROM bus.message WHERE key = '{Rejected}' LIMIT 1" },
        { "F timers", "a timer's saga has completed", $"INSERT INTO bus.delayed (due_at, endpoint, lane, message, saga) SELECT now() + interval '1 day', 1, 0, id, '{Completed}' FROM bus.message WHERE key = '{Completed}' LIMIT 1" },
        { "F dispatch", "a delivery's message is lost", "INSERT INTO bus.delivery (endpoint, lane, message) VALUES (1, 0, gen_random_uuid())" },
        { "F dispatch", "a delivery goes to nobody", $"INSERT INTO bus.delivery (endpoint, lane, message) SELECT 99, 0, id FROM bus.message WHERE key = '{UnderWay}' LIMIT 1" },
        { "F dispatch", "a delayed message lies", $"{LivingProcess}; UPDATE bus.delayed SET due_at = now() - interval '1 hour'" },
        { "F error queue", "a failed message is lost", "INSERT INTO bus.failed (id, endpoint, lane, message, attempts, reason, exception, stack) VALUES (gen_random_uuid(), 1, 0, gen_random_uuid(), 1, 'r', 'e', 's')" },
        { "G events", "an order's end is told to nobody", $"DELETE FROM webhooks.delivery USING webhooks.event WHERE event.id = event AND event.type = 'order.completed'; DELETE FROM webhooks.event WHERE type = 'order.completed'" },
        { "G events", "an endpoint misses an event", $"DELETE FROM webhooks.delivery WHERE key = '{Rejected}'" },
        { "G events", "an event is delivered twice", $"INSERT INTO webhooks.delivery (id, endpoint, event, type, key, state, created_at, ended_at, log) SELECT gen_random_uuid(), endpoint, event, type, key, state, created_at, now() + interval '1 minute', log FROM webhooks.delivery WHERE key = '{Rejected}'" },
        { "G events", "a delivery has an id of its own", $"UPDATE webhooks.delivery SET id = gen_random_uuid() WHERE key = '{Rejected}'" },
        { "G queues", "a new delivery lies", $"UPDATE webhooks.delivery SET state = 'new', ended_at = NULL WHERE key = '{Rejected}'" },
        { "G queues", "an attempt is forgotten", $"UPDATE webhooks.delivery SET state = 'sending' WHERE key = '{UnderWay}'" },
        { "G queues", "an attempt for a disabled endpoint is forgotten", $"UPDATE webhooks.delivery SET state = 'sending' WHERE key = '{UnderWay}'; UPDATE webhooks.endpoint SET enabled = false" },
        { "G queues", "a wake-up is lost", "DELETE FROM bus.delayed WHERE saga IS NULL" },
        { "G queues", "a delivery waits behind nobody", $"UPDATE webhooks.delivery SET state = 'behind' WHERE key = '{UnderWay}'" },
        { "G queues", "two of one key are under way", $"UPDATE webhooks.delivery SET state = 'due', ended_at = NULL WHERE key = '{Completed}'" },
        { "G queues", "a delivery is for nobody", "DELETE FROM webhooks.endpoint" },
        { "G answers", "a success was never answered", $"UPDATE webhooks.delivery SET log = '[]' WHERE key = '{Rejected}'" },
        { "G answers", "a success was a failure", $"UPDATE webhooks.delivery SET log = '[{{\"status\":503}}]' WHERE key = '{Rejected}'" },
        { "G answers", "one overtook another", "UPDATE webhooks.delivery SET ended_at = ended_at - interval '1 minute' WHERE type = 'order.completed'" },
        { "F error queue", "nobody signed for a discarded message", $"INSERT INTO bus.failed (id, endpoint, lane, message, attempts, reason, exception, stack, resolution) SELECT gen_random_uuid(), 1, 0, id, 1, 'r', 'e', 's', 'discarded' FROM bus.message WHERE key = '{Completed}' LIMIT 1" },
    };

    /// <summary>A process lives while it holds its advisory lock; here the session that the test keeps open holds it.</summary>
    private const string LivingProcess = "INSERT INTO bus.process (machine, endpoints) VALUES ('test', '{1}'); SELECT pg_advisory_lock(20483, 1)";

    [Fact]
    public async Task A_healthy_database_breaks_nothing_and_every_check_has_run()
    {
        await using var database = await CreateAsync(server);

        var report = await Checker.RunAsync(database, TestContext.Current.CancellationToken);

        Assert.All(report.Checks, check => Assert.True(check.Ok, $"{check.Name}: {check.Detail}"));
        Assert.DoesNotContain(report.Checks, check => check.Detail.StartsWith("not checked", StringComparison.Ordinal));
        Assert.Contains(report.Checks, check => check.Detail == "USD 3400 − 1700 = 1700 (minor units)");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_planted_fault_is_reported_by_its_check_alone(string name, string fault, string sql)
    {
        await using var database = await CreateAsync(server);
        await using var session = await database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var plant = session.CreateCommand();
        plant.CommandText = sql;
        await plant.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var report = await Checker.RunAsync(database, TestContext.Current.CancellationToken);

        Assert.False(report.Ok, fault);
        var broken = Assert.Single(report.Checks, check => !check.Ok);
        Assert.StartsWith(name + ":", broken.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_named()
    {
        await using var database = await CreateAsync(server);
        await ExecuteAsync(database, $"UPDATE bus.message SET body = '{{\"lines\":[' WHERE key = '{Completed}' AND type = 'orders.order-placed'");

        var report = await Checker.RunAsync(database, TestContext.Current.CancellationToken);

        Assert.Contains($"order-placed of order {Completed} is no JSON", Assert.Single(report.Checks, check => !check.Ok).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_on_its_way_is_not_judged_yet()
    {
        await using var database = await CreateAsync(server);
        await ExecuteAsync(database, $"""
            DELETE FROM sim.psp_operation WHERE reference = '{Cancelled}' AND operation = 'refund';
            INSERT INTO bus.activity (message, endpoint, destination, due_at, attempts)
            SELECT id, 1, 'psp', now(), 0 FROM bus.message WHERE key = '{Cancelled}' LIMIT 1
            """);

        Assert.True((await Checker.RunAsync(database, TestContext.Current.CancellationToken)).Ok);
    }

    [Theory]
    [InlineData("UPDATE webhooks.endpoint SET enabled = false; DELETE FROM bus.delayed WHERE saga IS NULL")]
    [InlineData("UPDATE webhooks.endpoint SET listening_since = now(); DELETE FROM webhooks.delivery WHERE key <> '" + UnderWay + "'")]
    [InlineData("UPDATE webhooks.endpoint SET listening_since = NULL; DELETE FROM webhooks.delivery WHERE key <> '" + UnderWay + "'")]
    [InlineData("UPDATE webhooks.delivery SET state = 'new', due_at = NULL; INSERT INTO bus.delivery (endpoint, lane, message) SELECT 1, 0, message FROM bus.delayed WHERE saga IS NULL")]
    public async Task What_waits_for_a_disabled_endpoint_or_came_before_it_listened_or_is_about_to_be_looked_at_is_no_fault(string sql)
    {
        await using var database = await CreateAsync(server);
        await ExecuteAsync(database, sql);

        var report = await Checker.RunAsync(database, TestContext.Current.CancellationToken);

        Assert.All(report.Checks, check => Assert.True(check.Ok, $"{check.Name}: {check.Detail}"));
    }

    [Fact]
    public async Task A_check_whose_module_is_absent_says_so()
    {
        await using var database = await CreateAsync(server);
        await ExecuteAsync(database, "DROP SCHEMA payments CASCADE");

        var report = await Checker.RunAsync(database, TestContext.Current.CancellationToken);

        Assert.True(report.Ok);
        Assert.Equal(3, report.Checks.Count(check => check.Detail.StartsWith("not checked: this database has no payments.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_database_of_something_else_is_refused()
    {
        await using var database = Npgsql.NpgsqlDataSource.Create(await server.CreateDatabaseAsync() + ";Pooling=false");

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Checker.RunAsync(database, TestContext.Current.CancellationToken));

        Assert.Contains("holds no orders", refusal.Message, StringComparison.Ordinal);
    }
}
