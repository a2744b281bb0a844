using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Transport;

public abstract class Failing(Bed bed) : TransportSuite(bed)
{
    private int attempts;

    [Fact]
    public async Task A_message_that_throws_is_handled_again_at_once()
    {
        await using var sender = await StartSenderAsync();
        await using var worker = await StartWorkerAsync(FailingBefore(3), immediate: 3);

        await sender.Session.Send(Work(1));

        await Done.TakeAsync(1);
        Assert.Equal(0, await worker.ScalarAsync<long>("select count(*) from bus.failed"));
    }

    [Fact]
    public async Task A_delayed_retry_comes_back_when_it_is_due_by_the_databases_clock()
    {
        await using var sender = await StartSenderAsync();
        await using var worker = await StartWorkerAsync(FailingBefore(3), delayed: 1);

        await sender.Session.Send(Work(1));
        await Eventually.TrueAsync(() => worker.ScalarAsync<bool>("select exists (select from bus.delayed where retries = 1)"));
        await worker.ExecuteAsync("update bus.clock set shift = interval '2 hours'");

        Assert.Equal(1, Assert.Single(await Done.TakeAsync(1)).Number);
    }

    [Fact]
    public async Task A_message_that_fails_for_good_goes_to_the_error_queue_and_holds_up_no_other()
    {
        await using var sender = await StartSenderAsync();
        await using var worker = await StartWorkerAsync(
            (message, context) => message.Number < 0 ? throw new InvalidOperationException("Negative.") : WorkAsync(message, context), immediate: 1);

        for (var number = -1; number < 50; number++)
        {
            await sender.Session.Send(Work(number));
        }

        Assert.Equal(50, (await Done.TakeAsync(50)).Count);
        await IdleAsync(worker);
        Assert.Equal(1, await worker.ScalarAsync<long>("select count(*) from bus.failed where attempts = 2 and reason = 'Negative.'"));
    }

    [Fact]
    public async Task What_a_handler_sent_before_it_threw_never_leaves()
    {
        await using var sender = await StartSenderAsync();
        await using var worker = await StartWorkerAsync(async (message, context) =>
        {
            await context.Publish(new WorkDone(message.Key, message.Number));
            await context.SendLocal(new CallOutside(message.Key, message.Number));
            throw new InvalidOperationException("After the send.");
        });

        await sender.Session.Send(Work(1));

        await FailedAsync(worker, "After the send.");
        await IdleAsync(worker);
        Assert.Equal(0, await worker.ScalarAsync<long>("select count(*) from bus.message where type <> 'work.do-work'"));
        Assert.Empty(Done.All);
    }

    [Fact]
    public async Task What_a_failing_transaction_sent_never_leaves()
    {
        await using var worker = await StartWorkerAsync();
        await using var sender = await StartSenderAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => InOneTransactionAsync(sender, "sender", async transaction =>
        {
            await transaction.Send(Work(1));
            throw new InvalidOperationException("The work fails after the send.");
        }));

        Assert.Equal(0, await sender.ScalarAsync<long>("select count(*) from bus.message"));
    }

    [Fact]
    public async Task Where_error_handling_throws_itself_the_message_is_in_the_error_queue_and_may_be_retried()
    {
        await using var sender = await StartSenderAsync();
        await using var worker = await Bed.StartAsync("worker", endpoint =>
        {
            endpoint.On(FailingBefore(3));
            endpoint.Recoverability.CustomPolicy((_, _) => throw new InvalidOperationException("The policy fails, too."));
        });

        await sender.Session.Send(Work(1));
        await FailedAsync(worker, "The policy fails, too.");
        var id = await worker.ScalarAsync<Guid>("select id from bus.failed");
        await worker.Services.GetRequiredService<ErrorQueue>().RetryAsync(id, "test", TestContext.Current.CancellationToken);

        Assert.Equal(1, Assert.Single(await Done.TakeAsync(1)).Number);
    }

    private Func<DoWork, IMessageHandlerContext, Task> FailingBefore(int attempt) => (message, context) =>
        Interlocked.Increment(ref attempts) < attempt ? throw new InvalidOperationException("Not yet.") : WorkAsync(message, context);
}

public sealed class FailingOverPostgres(PostgresServer databases) : Failing(new PostgresBed(databases));

public sealed class FailingOverRabbitMq(PostgresServer databases, RabbitMqServer broker) : Failing(new RabbitMqBed(databases, broker));
