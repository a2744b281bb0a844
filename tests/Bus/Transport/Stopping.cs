using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Transport;

public abstract class Stopping(Bed bed) : TransportSuite(bed)
{
    private readonly TaskCompletionSource handling = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_stop_waits_for_what_is_being_handled()
    {
        await using var sender = await StartSenderAsync();
        await using var worker = await StartWorkerAsync(SlowAsync);
        await sender.Session.Send(Work(1));
        await handling.Task;

        var stop = worker.StopAsync(CancellationToken.None);
        Assert.False(stop.IsCompleted);
        goOn.SetResult();
        await stop;

        Assert.False(await worker.ScalarAsync<bool>("select exists (select from bus.delivery join bus.endpoint on endpoint.id = endpoint where name = 'worker')"));
    }

    [Fact]
    public async Task A_stop_that_may_not_wait_leaves_the_message_to_the_next_process()
    {
        await using var sender = await StartSenderAsync();
        await using (var worker = await StartWorkerAsync(SlowAsync))
        {
            await sender.Session.Send(Work(1));
            await handling.Task;
            await worker.StopAsync(new(canceled: true));
        }

        goOn.SetResult();
        await using var next = await StartWorkerAsync();

        Assert.Equal(1, Assert.Single(await Done.TakeAsync(1)).Number);
        await IdleAsync(next);
        Assert.Single(Done.All);
    }

    [Fact]
    public async Task What_was_sent_to_an_endpoint_that_had_stopped_is_handled_when_it_starts_again()
    {
        await using var sender = await StartSenderAsync();
        await using (var first = await StartWorkerAsync())
        {
            await sender.Session.Send(Work(1));
            await Done.TakeAsync(1);
        }

        await sender.Session.Send(Work(2));
        await using var second = await StartWorkerAsync();

        Assert.Equal(2, Assert.Single(await Done.TakeAsync(1)).Number);
    }

    [Fact]
    public async Task Processes_may_come_and_go_while_messages_are_handled()
    {
        await using var sender = await StartSenderAsync();
        var first = await StartWorkerAsync();
        var sending = Task.Run(async () =>
        {
            for (var number = 0; number < 600; number++)
            {
                await sender.Session.Send(Work(number));
            }
        });

        await Done.TakeAsync(100);
        var second = await StartWorkerAsync();
        await Done.TakeAsync(200);
        await first.DisposeAsync();
        await Done.TakeAsync(300);
        await sending;
        await IdleAsync(second);
        await second.DisposeAsync();

        Assert.Equal(Enumerable.Range(0, 600), Done.All.Select(message => message.Number).Order());
        Assert.Equal(600, Seen.All.Select(message => message.Number).Distinct().Count());
    }

    private async Task SlowAsync(DoWork message, IMessageHandlerContext context)
    {
        handling.TrySetResult();
        await goOn.Task;
        await WorkAsync(message, context);
    }
}

public sealed class StoppingOverPostgres(PostgresServer databases) : Stopping(new PostgresBed(databases));

public sealed class StoppingOverRabbitMq(PostgresServer databases, RabbitMqServer broker) : Stopping(new RabbitMqBed(databases, broker));
