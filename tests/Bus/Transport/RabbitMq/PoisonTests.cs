using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;
using Orders.Tests.Support;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Orders.Tests.Bus.Transport.RabbitMq;

public sealed class PoisonTests : TransportSuite
{
    private readonly RabbitMqBed bed;

    public PoisonTests(PostgresServer databases, RabbitMqServer broker)
        : this(new RabbitMqBed(databases, broker))
    {
    }

    private PoisonTests(RabbitMqBed bed)
        : base(bed) => this.bed = bed;

    [Fact]
    public async Task An_envelope_that_cannot_be_read_goes_to_the_error_queue_once_however_often_it_comes()
    {
        await using var worker = await StartWorkerAsync();

        await bed.PublishAsync("worker", new() { MessageId = Guid.CreateVersion7().ToString("D") }, "{}"u8.ToArray());
        await FailedAsync(worker, "names no type");
        await bed.PublishAsync("worker", new() { Type = "work.do-work; version=1" }, "{}"u8.ToArray());
        await FailedAsync(worker, "has no id");
        await bed.PublishAsync("worker", new() { MessageId = Guid.CreateVersion7().ToString("D"), Type = "work.do-work; version=1" }, [0xFF, 0x00, (byte)'{']);
        await FailedAsync(worker, "not UTF-8");
        await bed.PublishAsync("worker", new() { Type = "work.do-work; version=1" }, "{}"u8.ToArray());
        await bed.PublishAsync("worker", new() { MessageId = "fae6fe1c-46a3-4e05-9ca1-84e6f9e4c0a5", Type = "x", ContentType = "text/xml" }, "<a/>"u8.ToArray());
        await FailedAsync(worker, "text/xml");

        Assert.Equal(4, await worker.ScalarAsync<long>("select count(*) from bus.failed"));
        await IdleAsync(worker);
    }

    [Fact]
    public async Task Text_that_PostgreSQL_does_not_take_is_stored_without_what_it_does_not_take()
    {
        await using var worker = await StartWorkerAsync();

        await bed.PublishAsync(
            "worker", new() { MessageId = Guid.CreateVersion7().ToString("D"), Type = "work.do-work", ContentType = "text/pl\0ain" }, "{}"u8.ToArray());
        await bed.PublishAsync("worker", new() { MessageId = Guid.CreateVersion7().ToString("D"), Type = "work.do\0-work" }, "{}"u8.ToArray());

        await FailedAsync(worker, "text/pl\uFFFDain");
        await Eventually.TrueAsync(() => worker.ScalarAsync<bool>("select exists (select from bus.message where type = 'work.do\uFFFD-work')"));
    }

    [Fact]
    public async Task A_message_that_cannot_be_stored_as_it_came_blocks_no_other()
    {
        await using var worker = await StartWorkerAsync();
        await worker.ExecuteAsync("alter table bus.message add constraint refusing check (type <> 'refused')");

        await bed.PublishAsync("worker", new() { MessageId = Guid.CreateVersion7().ToString("D"), Type = "refused" }, "{}"u8.ToArray());
        await bed.PublishAsync(
            "worker",
            new() { MessageId = Guid.CreateVersion7().ToString("D"), Type = "work.do-work" },
            System.Text.Encoding.UTF8.GetBytes($$"""{"Key":"{{Guid.CreateVersion7()}}","Number":2}"""));

        Assert.Equal(2, Assert.Single(await Seen.TakeAsync(1)).Number);
        await FailedAsync(worker, "cannot be stored as it came");
        await IdleAsync(worker);
    }

    [Fact]
    public async Task Who_cannot_store_stops_all_the_same_and_the_next_stores()
    {
        await using (var worker = await StartWorkerAsync())
        {
            await worker.ExecuteAsync("alter table bus.inbox rename to away");
            await bed.PublishAsync("worker", new() { MessageId = Guid.CreateVersion7().ToString("D"), Type = "refused" }, "{}"u8.ToArray());
            await using var connection = await bed.ConnectAsync();
            await using var channel = await connection.CreateChannelAsync();
            await Eventually.TrueAsync(async () => await channel.MessageCountAsync($"{bed.Settings.Prefix}.worker") == 0);

            await worker.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
            await worker.ExecuteAsync("alter table bus.away rename to inbox");
        }

        await using var next = await StartWorkerAsync();
        await FailedAsync(next, "refused");
    }

    [Fact]
    public async Task A_message_larger_than_any_that_we_send_is_set_aside_and_ends_no_connection()
    {
        await using var worker = await StartWorkerAsync();
        var body = System.Text.Encoding.UTF8.GetBytes($"\"{new string('x', 20_000_000)}\"");

        await bed.PublishAsync("worker", new() { MessageId = Guid.CreateVersion7().ToString("D"), Type = "work.do-work; version=1" }, body);

        await FailedAsync(worker, "is larger than");
    }

    [Fact]
    public async Task What_the_broker_gives_up_goes_to_the_error_queue_with_its_reason_and_can_be_retried()
    {
        await using var sender = await StartSenderAsync();
        await using (await StartWorkerAsync())
        {
            // Has declared its queue.
        }

        await sender.Session.Send(Work(1));
        await IdleAsync(sender);
        await ReturnUntilGivenUpAsync("worker");
        await using var worker = await StartWorkerAsync();
        await FailedAsync(worker, "RabbitMQ gave the message up: delivery_limit");
        await worker.Services.GetRequiredService<ErrorQueue>().RetryAsync(
            await worker.ScalarAsync<Guid>("select id from bus.failed"), "test", TestContext.Current.CancellationToken);

        Assert.Equal(1, Assert.Single(await Done.TakeAsync(1)).Number);
    }

    /// <summary>As a process would that dies each time it has the message.</summary>
    private async Task ReturnUntilGivenUpAsync(string endpoint)
    {
        await using var connection = await bed.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) => channel.BasicNackAsync(message.DeliveryTag, multiple: false, requeue: true).AsTask();
        await channel.BasicConsumeAsync($"{bed.Settings.Prefix}.{endpoint}", autoAck: false, consumer);
        await Eventually.TrueAsync(async () => await channel.MessageCountAsync($"{bed.Settings.Prefix}.{endpoint}.dead-letters") == 1);
    }
}
