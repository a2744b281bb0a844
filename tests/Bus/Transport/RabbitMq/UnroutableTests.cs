using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Transport.RabbitMq;

public sealed class UnroutableTests(PostgresServer databases, RabbitMqServer broker) : TransportSuite(new RabbitMqBed(databases, broker))
{
    [Fact]
    public async Task A_command_for_an_endpoint_that_never_started_waits_for_it_and_holds_up_no_other()
    {
        await using var listener = await Bed.StartAsync("listener", endpoint => endpoint.On<WorkDone>(Done.Add));
        await using var sender = await StartSenderOnlyAsync();

        await sender.Session.Send(Work(1));
        await Eventually.TrueAsync(() => sender.ScalarAsync<bool>("select exists (select from bus.outgoing where refused_at is not null)"));
        await sender.Session.Publish(new WorkDone(Guid.CreateVersion7(), 2));
        Assert.Equal(2, Assert.Single(await Done.TakeAsync(1)).Number);
        await using var worker = await StartWorkerAsync();

        Assert.Equal(1, Assert.Single(await Done.TakeAsync(1)).Number);
        await IdleAsync(sender);
    }

    [Fact]
    public async Task After_its_time_it_goes_to_the_error_queue_with_the_reason_and_can_be_retried()
    {
        await using var listener = await Bed.StartAsync("listener", endpoint => endpoint.On<WorkDone>(Done.Add));
        await using var sender = await StartSenderOnlyAsync();

        await sender.Session.Send(Work(1));
        await Eventually.TrueAsync(() => sender.ScalarAsync<bool>("select exists (select from bus.outgoing where refused_at is not null)"));
        await sender.ExecuteAsync("update bus.clock set shift = interval '2 hours'");
        await FailedAsync(sender, "no process of endpoint 'worker' has ever started there");
        await IdleAsync(sender);
        await using var worker = await StartWorkerAsync();
        await sender.Services.GetRequiredService<ErrorQueue>().RetryAsync(
            await sender.ScalarAsync<Guid>("select id from bus.failed"), "test", TestContext.Current.CancellationToken);

        Assert.Equal(1, Assert.Single(await Done.TakeAsync(1)).Number);
    }

    private Task<TestBus> StartSenderOnlyAsync() => Bed.StartAsync("sender");
}
