using Orders.Tests.Support;

namespace Orders.Tests.Bus.Transport.RabbitMq;

public sealed class DuplicateTests(PostgresServer databases, RabbitMqServer broker) : TransportSuite(new RabbitMqBed(databases, broker))
{
    [Fact]
    public async Task What_was_published_but_not_yet_deleted_when_the_sender_ended_is_handled_once()
    {
        await using var sender = await StartSenderAsync();
        await using var worker = await StartWorkerAsync();
        // The first two deletes fail, as a crash just after the confirm leaves it.
        await sender.ExecuteAsync(
            """
            create sequence blown;
            create function blow_up() returns trigger language plpgsql as $$
              begin
                if nextval('blown') < 3 then raise 'Blown up just after dispatch.'; end if;
                return null;
              end $$;
            create trigger blow_up after delete on bus.outgoing for each statement execute function blow_up()
            """);

        await sender.Session.Send(Work(1));
        Assert.Equal(1, Assert.Single(await Done.TakeAsync(1)).Number);
        await IdleAsync(sender);
        await sender.Session.Send(Work(2));

        Assert.Equal(2, Assert.Single(await Done.TakeAsync(1)).Number);
        Assert.Equal(2, Seen.All.Count);
        Assert.True(await sender.ScalarAsync<bool>("select last_value >= 3 from blown"));
    }

    [Fact]
    public async Task What_was_stored_but_not_acknowledged_is_handled_once()
    {
        await using var sender = await StartSenderAsync();
        var id = Guid.CreateVersion7();
        await using (var worker = await StartWorkerAsync())
        {
            await sender.Session.Send(Work(1), WithId(id));
            await Done.TakeAsync(1);
        }

        // The row comes back, as from a broker that never heard of the acknowledgement.
        await sender.ExecuteAsync(
            $"insert into bus.outgoing (message, endpoint) select '{id}', id from bus.endpoint where name = 'worker'");
        await IdleAsync(sender);
        await using var again = await StartWorkerAsync();
        await sender.Session.Send(Work(2));

        Assert.Equal(2, Assert.Single(await Done.TakeAsync(1)).Number);
        Assert.Equal([1, 2], Seen.All.Select(message => message.Number));
    }

    [Fact]
    public async Task The_inbox_forgets_what_is_older_than_its_retention_and_nothing_younger()
    {
        await using var sender = await StartSenderAsync();
        await using var worker = await StartWorkerAsync();
        await sender.Session.Send(Work(1));
        await Done.TakeAsync(1);
        await worker.ExecuteAsync("update bus.clock set shift = interval '15 days'");
        await sender.Session.Send(Work(2));
        await Done.TakeAsync(1);

        await worker.SweepAsync();

        Assert.Equal(1, await worker.ScalarAsync<long>("select count(*) from bus.inbox"));
    }

    private static SendOptions WithId(Guid id)
    {
        var options = new SendOptions();
        options.SetMessageId(id.ToString("D"));
        return options;
    }
}
