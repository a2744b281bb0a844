using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Transport;

public abstract class Receiving(Bed bed) : TransportSuite(bed)
{
    [Fact]
    public async Task A_message_that_is_available_is_handled_and_what_it_publishes_is_heard()
    {
        await using var sender = await StartSenderAsync();
        await using var worker = await StartWorkerAsync();

        await sender.Session.Send(Work(7));

        Assert.Equal(7, Assert.Single(await Done.TakeAsync(1)).Number);
        await IdleAsync(sender);
        await IdleAsync(worker);
    }

    [Fact]
    public async Task All_of_several_available_messages_are_handled_once()
    {
        await using var sender = await StartSenderAsync();
        await using var worker = await StartWorkerAsync();

        for (var number = 0; number < 500; number++)
        {
            await sender.Session.Send(Work(number));
        }

        Assert.Equal(Enumerable.Range(0, 500), (await Done.TakeAsync(500)).Select(message => message.Number).Order());
        await IdleAsync(sender);
        Assert.Equal(500, Done.All.Count);
    }

    [Fact]
    public async Task One_keys_messages_keep_the_order_in_which_they_were_sent()
    {
        await using var sender = await StartSenderAsync();
        await using var worker = await StartWorkerAsync();
        var key = Guid.CreateVersion7();

        for (var number = 0; number < 2_000; number += 100)
        {
            var first = number;
            await InOneTransactionAsync(sender, "sender", async transaction =>
            {
                for (var i = first; i < first + 100; i++)
                {
                    await transaction.Send(new DoWork(key, i));
                }
            });
        }

        Assert.Equal(Enumerable.Range(0, 2_000), (await Done.TakeAsync(2_000)).Select(message => message.Number));
    }

    [Fact]
    public async Task Headers_arrive_as_they_were_set_whatever_they_hold()
    {
        var headers = new Recorder<IReadOnlyDictionary<string, string>>();
        await using var sender = await StartSenderAsync();
        await using var worker = await StartWorkerAsync((_, context) =>
        {
            headers.Add(context.MessageHeaders);
            return Task.CompletedTask;
        });
        string[] values = ["", "naïve – 漢字 🚀", "a=b; c=\"d\"\r\n\t'\\{}", new('x', 5_000)];
        var options = new SendOptions();
        for (var i = 0; i < values.Length; i++)
        {
            options.SetHeader($"Ünï-{i} 🚀", values[i]);
        }

        await InOneTransactionAsync(sender, "sender", transaction => transaction.Send(Work(1), options));

        var arrived = Assert.Single(await headers.TakeAsync(1));
        Assert.Equal(values, Enumerable.Range(0, values.Length).Select(i => arrived[$"Ünï-{i} 🚀"]));
        Assert.Equal("sender", arrived[Headers.OriginatingEndpoint]);
        Assert.Equal("sender", arrived[Headers.ReplyToAddress]);
        Assert.Equal("work.do-work; version=1", arrived[Headers.EnclosedMessageTypes]);
        Assert.Equal(arrived[Headers.MessageId], arrived[Headers.CorrelationId]);
        Assert.Equal("Send", arrived[Headers.MessageIntent]);
    }

    [Theory]
    [InlineData(255, 10, true)]
    [InlineData(256, 10, false)]
    [InlineData(10, 65_526, true)]
    [InlineData(10, 65_527, false)]
    public async Task Headers_that_no_frame_can_hold_are_refused_where_they_are_set(int name, int value, bool fit)
    {
        await using var sender = await StartSenderAsync();
        var options = new SendOptions();
        options.SetHeader(new('n', name), new('v', value));

        var refused = await Record.ExceptionAsync(() => sender.Session.Send(Work(1), options));

        Assert.Equal(fit, refused is null);
        Assert.Equal(fit ? 1 : 0, await sender.ScalarAsync<long>("select count(*) from bus.message"));
    }

    [Fact]
    public async Task A_reply_finds_its_way_back_and_belongs_to_the_same_conversation()
    {
        var replies = new Recorder<IReadOnlyDictionary<string, string>>();
        await using var sender = await Bed.StartAsync("sender", endpoint => endpoint.On<OutsideAnswered>((_, context) =>
        {
            replies.Add(context.MessageHeaders);
            return Task.CompletedTask;
        }));
        await using var worker = await StartWorkerAsync((message, context) => context.Reply(new OutsideAnswered(message.Key, message.Number)));
        var options = new SendOptions();
        options.SetMessageId(Guid.CreateVersion7().ToString("D"));

        await InOneTransactionAsync(sender, "sender", transaction => transaction.Send(Work(1), options));

        var reply = Assert.Single(await replies.TakeAsync(1));
        Assert.Equal(options.GetMessageId(), reply[Headers.ConversationId]);
        Assert.Equal(options.GetMessageId(), reply[Headers.RelatedTo]);
        Assert.Equal(options.GetMessageId(), reply[Headers.CorrelationId]);
        Assert.Equal("Reply", reply[Headers.MessageIntent]);
    }

    [Fact]
    public async Task A_large_message_arrives_whole()
    {
        var sizes = new Recorder<int>();
        await using var sender = await StartSenderAsync();
        await using var worker = await Bed.StartAsync("worker", endpoint => endpoint.On<CarryText>(message => sizes.Add(message.Text.Length)));

        await sender.Session.Send(new CarryText(Guid.CreateVersion7(), new('é', 600_000)));

        Assert.Equal(600_000, Assert.Single(await sizes.TakeAsync(1)));
    }

    [Fact]
    public async Task A_corrupted_message_goes_to_the_error_queue_once_and_holds_up_no_other()
    {
        await using var sender = await StartSenderAsync();
        await using var worker = await StartWorkerAsync();

        await Bed.DeliverCorruptedAsync(worker);
        await sender.Session.Send(Work(1));

        await Done.TakeAsync(1);
        await FailedAsync(worker, "malformed");
        await IdleAsync(worker);
        Assert.Equal(1, await worker.ScalarAsync<long>("select count(*) from bus.failed where attempts = 1"));
    }

    [Fact]
    public async Task A_process_without_endpoints_sends_and_publishes()
    {
        await using var worker = await StartWorkerAsync();
        await using var listener = await Bed.StartAsync("listener", endpoint => endpoint.On<WorkDone>(Done.Add));
        await using var sender = await Bed.StartAsync();

        await sender.Session.Send(Work(1));
        await sender.Session.Publish(new WorkDone(Guid.CreateVersion7(), 2));

        Assert.Equal([1, 2], (await Done.TakeAsync(2)).Select(message => message.Number).Order());
        await IdleAsync(sender);
    }

    [Fact]
    public async Task An_endpoint_hears_its_own_event_and_gets_its_own_command()
    {
        await using var worker = await Bed.StartAsync("worker", endpoint => endpoint.On<DoWork>(WorkAsync).On<WorkDone>(Done.Add));

        await InOneTransactionAsync(worker, "worker", transaction => transaction.Send(Work(5)));

        Assert.Equal(5, Assert.Single(await Done.TakeAsync(1)).Number);
    }
}

public sealed class ReceivingOverPostgres(PostgresServer databases) : Receiving(new PostgresBed(databases));

public sealed class ReceivingOverRabbitMq(PostgresServer databases, RabbitMqServer broker) : Receiving(new RabbitMqBed(databases, broker));
