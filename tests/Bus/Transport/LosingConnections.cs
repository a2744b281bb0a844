using Npgsql;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Transport;

public abstract class LosingConnections(Bed bed) : TransportSuite(bed)
{
    [Fact]
    public async Task What_is_sent_around_a_lost_connection_is_handled_once()
    {
        await using var sender = await StartSenderAsync();
        await using var worker = await StartWorkerAsync();

        await Bed.SettleAsync();
        await SendAsync(sender, 0);
        var back = Bed.BreakAsync(worker);
        await SendAsync(sender, 100);
        await back;
        await SendAsync(sender, 200);

        Assert.Equal(Enumerable.Range(0, 300), (await Done.TakeAsync(300)).Select(message => message.Number).Order());
        await IdleAsync(sender);
        await IdleAsync(worker);
        Assert.Equal(300, Done.All.Count);
    }

    private static async Task SendAsync(TestBus sender, int first)
    {
        for (var number = first; number < first + 100; number++)
        {
            var work = Work(number);
            await Eventually.TrueAsync(async () =>
            {
                try
                {
                    await sender.Session.Send(work);
                    return true;
                }
                catch (NpgsqlException)
                {
                    // Its pooled connection was broken before anything was sent.
                    return false;
                }
            });
        }
    }
}

public sealed class LosingConnectionsOverPostgres(PostgresServer databases) : LosingConnections(new PostgresBed(databases));
