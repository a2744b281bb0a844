using Orders.Tests.Faults.Running;
using Orders.Tests.Support;

namespace Orders.Tests.Faults.Deliveries;

/// <summary>
/// A transport that repeats and reorders: a trigger beneath the engine stores up to ten deliveries of a message, and gives each
/// a place up to a hundred away. A hash of the seed and the message decides, so that a seed means the same for the same message.
/// </summary>
public sealed class DisorderTests(PostgresServer server, Tally tally)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Every_order_ends_once_when_messages_come_up_to_ten_times_and_out_of_order() => DisturbAsync(orders: 150);

    [Fact]
    [Trait(Extent.Name, Extent.Long)]
    public Task Thousands_of_orders_end_once_when_messages_come_up_to_ten_times_and_out_of_order() => DisturbAsync(orders: 3_000);

    private async Task DisturbAsync(int orders)
    {
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        var workers = new[] { await run.AddWorkerAsync(Token), await run.AddWorkerAsync(Token) };
        using var crowd = new Crowd([.. workers.Select(worker => worker.Url)], FaultRun.Sku);

        await run.DoAsync(Disturbance(run.Seed), Token);
        await crowd.PlaceAsync(orders, 32, TimeSpan.Zero, Token);
        await run.DoAsync("drop trigger disturb on bus.delivery", Token);

        run.Counts += new Counts(Faults: await run.AskAsync<long>("select last_value from faults_duplicates", Token));
        await run.EndAsync(crowd, Token);
        Assert.True(run.Counts.Faults > orders, $"Only {run.Counts.Faults} duplicates were made.");
    }

    /// <summary>
    /// Half of the messages come once; the others up to ten times. A place is seq + 0 to 99, and 128 places wide, so that no two
    /// rows get the same. The duplicates' own insertion fires the trigger again, one level deeper, and is left alone but for its place.
    /// </summary>
    private static string Disturbance(int seed) => $"""
        create sequence faults_duplicates;
        create function disturb() returns trigger language plpgsql as $$
        declare
          dice bigint := abs(hashtextextended(new.message::text || new.endpoint || pg_trigger_depth(), {seed}));
        begin
          if pg_trigger_depth() = 1 and dice % 2 = 0 then
            for copy in 1 .. 1 + (dice / 2) % 9 loop
              perform nextval('faults_duplicates');
              insert into bus.delivery (endpoint, lane, message, retries) values (new.endpoint, new.lane, new.message, new.retries);
            end loop;
          end if;
          new.seq := (new.seq + (abs(hashint8(new.seq + {seed})) % 100)) * 128 + new.seq % 128;
          return new;
        end $$;
        create trigger disturb before insert on bus.delivery for each row execute function disturb();
        """;
}
