using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.History;

/// <summary>Histories are kept by the day, and dropped by the day.</summary>
public sealed class HistoryPartitionsTests(PostgresServer databases)
{
    private static readonly DateTimeOffset Today = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Each_day_has_a_partition_before_it_comes()
    {
        await using var bus = await StartAsync(Today, new HistoryOptions());

        await AddAsync(bus, Today.AddDays(2));

        Assert.Equal("history_20260302,history_20260303,history_20260304,history_20260305", await PartitionsAsync(bus));
        Assert.Equal("bus.history_20260304", await bus.ScalarAsync<string>("select tableoid::regclass::text from bus.history"));
    }

    [Fact]
    public async Task A_day_is_dropped_whole_when_its_time_is_over_and_no_sooner()
    {
        await using var bus = await StartAsync(Today, new HistoryOptions(Retention: TimeSpan.FromDays(10)));
        await AddAsync(bus, Today);
        await AddAsync(bus, Today.AddDays(1));

        await SweepAtAsync(bus, Today.AddDays(10));
        Assert.Equal(2, await bus.ScalarAsync<long>("select count(*) from bus.history"));
        await SweepAtAsync(bus, Today.AddDays(11));

        Assert.Equal(1, await bus.ScalarAsync<long>("select count(*) from bus.history"));
        Assert.DoesNotContain("history_20260302", await PartitionsAsync(bus), StringComparison.Ordinal);
        Assert.Contains("history_20260303", await PartitionsAsync(bus), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Steps_of_a_day_that_has_no_partition_are_kept_as_long()
    {
        await using var bus = await StartAsync(Today, new HistoryOptions(Retention: TimeSpan.FromDays(10)));
        await AddAsync(bus, Today.AddDays(9));

        // When the day comes it can have none any more.
        await SweepAtAsync(bus, Today.AddDays(9));
        await SweepAtAsync(bus, Today.AddDays(19));
        Assert.Equal(1, await bus.ScalarAsync<long>("select count(*) from bus.history_default"));
        await SweepAtAsync(bus, Today.AddDays(20));

        Assert.Equal(0, await bus.ScalarAsync<long>("select count(*) from bus.history"));
    }

    [Fact]
    public async Task A_day_that_is_being_read_is_dropped_the_next_time()
    {
        await using var bus = await StartAsync(Today, new HistoryOptions(Retention: TimeSpan.FromDays(10)));
        bus.Services.GetRequiredService<Calendar>().Now = Today.AddDays(12);
        var partitions = bus.Services.GetRequiredService<HistoryPartitions>();
        await using (var reader = await bus.Services.GetRequiredService<Npgsql.NpgsqlDataSource>().OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (var transaction = await reader.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var reads = new Npgsql.NpgsqlCommand("select count(*) from bus.history_20260302", reader, transaction);
            await reads.ExecuteScalarAsync(TestContext.Current.CancellationToken);
            await partitions.KeepAsync(TestContext.Current.CancellationToken);
            Assert.Contains("history_20260302", await PartitionsAsync(bus), StringComparison.Ordinal);
            Assert.DoesNotContain("history_20260303", await PartitionsAsync(bus), StringComparison.Ordinal);
        }

        await partitions.KeepAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("history_20260302", await PartitionsAsync(bus), StringComparison.Ordinal);
    }

    private async Task<TestBus> StartAsync(DateTimeOffset now, HistoryOptions options)
    {
        var clock = new Calendar { Now = now };
        return await TestBus.StartAsync(
            await databases.CreateDatabaseAsync(), services => services.AddSingleton(options).AddSingleton(clock).AddSingleton<HistoryPartitions>(
                provider => new(provider.GetRequiredService<Npgsql.NpgsqlDataSource>(), options, clock)));
    }

    private static async Task SweepAtAsync(TestBus bus, DateTimeOffset now)
    {
        bus.Services.GetRequiredService<Calendar>().Now = now;
        await bus.SweepAsync();
    }

    private static Task AddAsync(TestBus bus, DateTimeOffset at) => bus.ExecuteAsync(
        $"insert into bus.history (saga, at, name, message, timeout, completed, state) values (gen_random_uuid(), '{at:O}', 'S', gen_random_uuid(), false, false, '{{}}')");

    private static Task<string> PartitionsAsync(TestBus bus) => bus.ScalarAsync<string>(
        "select string_agg(relname, ',' order by relname) from pg_inherits join pg_class on pg_class.oid = inhrelid where inhparent = 'bus.history'::regclass and relname <> 'history_default'");

    private sealed class Calendar : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
