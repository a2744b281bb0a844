using Npgsql;
using Orders.Bus.Engine;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Transport.RabbitMq;

public sealed class DispatcherTests(PostgresServer databases, RabbitMqServer broker) : TransportSuite(new RabbitMqBed(databases, broker))
{
    [Fact]
    public async Task The_outbox_of_a_process_that_died_is_taken_over_long_before_its_lease_ends()
    {
        await using var worker = await StartWorkerAsync();
        await using var sender = await StartSenderAsync();
        await sender.ExecuteAsync("update bus.dispatcher set holder = 999999, until = bus.now() + interval '1 hour'");

        await sender.Session.Send(Work(1));

        Assert.Equal(1, Assert.Single(await Done.TakeAsync(1)).Number);
    }

    [Fact]
    public async Task A_lease_that_is_over_is_taken_over_though_its_holder_lives()
    {
        await using var worker = await StartWorkerAsync();
        await using var sender = await StartSenderAsync();
        // As a process that was stopped by a signal: among the living, and doing nothing.
        await using var living = await sender.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var locked = new NpgsqlCommand("select pg_advisory_lock(20483, 999)", living);
        await locked.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await sender.ExecuteAsync(
            """
            insert into bus.process (id, machine, endpoints) overriding system value values (999, 'stopped', '{1}');
            update bus.dispatcher set holder = 999, until = bus.now() - interval '1 second'
            """);

        await sender.Session.Send(Work(1));

        Assert.Equal(1, Assert.Single(await Done.TakeAsync(1)).Number);
    }

    [Fact]
    public async Task Only_who_holds_the_lease_reads_the_outbox()
    {
        await using var sender = await StartSenderAsync();
        await sender.StopAsync(CancellationToken.None);
        await sender.Session.Send(Work(1));

        await sender.ExecuteAsync("update bus.dispatcher set holder = 5, until = bus.now() + interval '1 hour'");
        Assert.Single(await ReadAsync(sender, holder: 5));
        Assert.Empty(await ReadAsync(sender, holder: 6));
        await sender.ExecuteAsync("update bus.dispatcher set until = bus.now() - interval '1 second'");
        Assert.Empty(await ReadAsync(sender, holder: 5));
    }

    private static Task<List<OutgoingRow>> ReadAsync(TestBus bus, int holder) =>
        Outgoing.ReadAsync(bus.Source, holder, [], 10, TestContext.Current.CancellationToken);
}
