using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Composition;
using Orders.Bus.Engine;
using Orders.Bus.Storage;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Transport;

/// <summary>On one database: what nobody wants yet costs nothing, and is heard once somebody does.</summary>
public sealed class LaterSubscribing(PostgresServer databases)
{
    private const string Recorded = "select count(*) from bus.message";
    private const string Delivered = "select count(*) from bus.delivery";

    private readonly Recorder<WorkDone> heard = new();

    [Fact]
    public async Task Who_subscribes_later_gets_no_delivery_until_then_and_each_one_after()
    {
        await using var bus = await StartAsync(TestMessages.All);

        await bus.Session.Publish(new WorkDone(Guid.CreateVersion7(), 1));
        Assert.Equal((1L, 0L), (await bus.ScalarAsync<long>(Recorded), await bus.ScalarAsync<long>(Delivered)));
        await SubscribeAsync(bus);
        await SubscribeAsync(bus);
        await bus.Session.Publish(new WorkDone(Guid.CreateVersion7(), 2));
        await bus.Session.Publish(new WorkDone(Guid.CreateVersion7(), 3));

        Assert.Equal([2, 3], (await heard.TakeAsync(2)).Select(message => message.Number).Order());
    }

    [Fact]
    public async Task Who_subscribed_once_does_after_a_start_as_well()
    {
        var connection = await databases.CreateDatabaseAsync();
        await using (var first = await StartAsync(TestMessages.All, connection))
        {
            await SubscribeAsync(first);
        }

        await using var second = await StartAsync(TestMessages.All, connection);
        await second.Session.Publish(new WorkDone(Guid.CreateVersion7(), 1));
        await heard.TakeAsync(1);
    }

    [Fact]
    public async Task News_that_nobody_subscribes_to_is_not_even_recorded()
    {
        await using var bus = await StartAsync([.. TestMessages.All.Select(contract => contract.Type == typeof(WorkDone) ? contract.ForSubscribersAlone() : contract)]);

        await bus.Session.Publish(new WorkDone(Guid.CreateVersion7(), 1));
        Assert.Equal(0, await bus.ScalarAsync<long>(Recorded));
        await SubscribeAsync(bus);
        await bus.Session.Publish(new WorkDone(Guid.CreateVersion7(), 2));

        Assert.Equal(2, Assert.Single(await heard.TakeAsync(1)).Number);
        Assert.Equal(1, await bus.ScalarAsync<long>(Recorded));
    }

    [Fact]
    public void A_command_is_for_no_subscribers() =>
        Assert.Throws<InvalidOperationException>(() => TestMessages.All.First(contract => contract.Owner is not null).ForSubscribersAlone());

    private static Task SubscribeAsync(TestBus bus) => bus.Services.GetRequiredService<ITransactions>().RunAsync(
        "listener", transaction => bus.Services.GetRequiredService<ISubscriptions>().SubscribeAsync(transaction, "listener"), TestContext.Current.CancellationToken);

    private async Task<TestBus> StartAsync(MessageContract[] contracts, string? connection = null) => await TestBus.StartAsync(
        connection ?? await databases.CreateDatabaseAsync(),
        services => services.AddBusEndpoint("listener", endpoint => endpoint.On<WorkDone>(heard.Add).SubscribeLater<WorkDone>()),
        contracts);
}
