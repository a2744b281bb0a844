using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Bus.Storage;
using Orders.Bus.Testing;
using Orders.Contracts;
using Orders.Dispatch.Erase;
using Orders.Dispatch.HandOver;
using Orders.Dispatch.PackShipment;
using Orders.Dispatch.PromiseDelivery;
using Orders.Dispatch.Shipments;
using Orders.Dispatch.Stop;
using Orders.Tests.Support;

namespace Orders.Tests.Integration.Dispatch;

public sealed class ShipmentStorageTests(PostgresServer server)
{
    private static readonly Guid OrderId = Guid.CreateVersion7();
    private static readonly OrderPlaced Placed = new(
        OrderId,
        "david",
        new DateTimeOffset(2026, 1, 13, 12, 0, 0, TimeSpan.Zero),
        Prime: true,
        Instructions: null,
        [new OrderLine("2341083", "Ribbon", 2, new Money(32349, "USD"))],
        new Money(64698, "USD"),
        new PaymentMeans("tok_ok"),
        new Address("David Xiang", "1 Main St", "Springfield", "12345", "US"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shipment_is_read_back_as_it_was_written_through_every_step()
    {
        await using var services = await StartAsync();
        await BatchAsync(services, [Placed], (shipments, context) => Promise(shipments).Handle(Placed, context));

        var packed = await BatchAsync(services, [new DispatchOrder(OrderId)], (shipments, context) =>
            new PackShipmentHandler(shipments, TimeProvider.System).Handle(new(OrderId), context));
        Assert.Equal([new PackedLine("2341083", 2)], Assert.IsType<ShipmentPacked>(packed.PublishedMessages.Single().Message).Lines);

        var handedOver = await BatchAsync(services, [new HandOverShipment(OrderId)], (shipments, context) =>
            new HandOverShipmentHandler(shipments, new("swift", "steady")).Handle(new(OrderId), context));
        Assert.Equal(new BookCarrier(OrderId, "swift", 1, Placed.ShipTo), handedOver.SentMessages.Single().Message);

        var made = new BookingMade(OrderId, "swift", 1, "SWIFT-1");
        await BatchAsync(services, [made], (shipments, context) =>
            new BookingHandler(shipments, new("swift", "steady"), TimeProvider.System).Handle(made, context));
        Shipment? shipment = null;
        await BatchAsync(services, [], async (shipments, _) => shipment = await shipments.FindAsync(OrderId, Token));
        Assert.Equal(new Progress(ShipmentState.Dispatched, "swift", 1, "SWIFT-1"), shipment!.Progress);
        Assert.True(shipment.Prime);
    }

    [Fact]
    public async Task An_erased_order_loses_its_address_also_where_both_come_at_once()
    {
        await using var services = await StartAsync();
        var erased = new OrderErased(OrderId, Placed.PlacedAt, Placed.PlacedAt.AddDays(40));
        await BatchAsync(services, [Placed, erased], async (shipments, context) =>
        {
            await Promise(shipments).Handle(Placed, context);
            await new OrderErasedHandler(shipments).Handle(erased, context);
        });

        Shipment? shipment = null;
        await BatchAsync(services, [], async (shipments, _) => shipment = await shipments.FindAsync(OrderId, Token));
        Assert.Null(shipment!.ShipTo);
        Assert.NotEmpty(shipment.Lines);
    }

    [Fact]
    public async Task A_stop_that_came_first_is_remembered()
    {
        await using var services = await StartAsync();
        await BatchAsync(services, [new StopShipment(OrderId)], (shipments, context) =>
            new StopShipmentHandler(shipments, TimeProvider.System).Handle(new(OrderId), context));
        var promised = await BatchAsync(services, [Placed], (shipments, context) => Promise(shipments).Handle(Placed, context));
        Assert.Empty(promised.PublishedMessages);
    }

    [Fact]
    public async Task Packing_before_the_order_is_known_fails_so_that_it_is_retried()
    {
        await using var services = await StartAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => BatchAsync(services, [new DispatchOrder(OrderId)], (shipments, context) =>
            new PackShipmentHandler(shipments, TimeProvider.System).Handle(new(OrderId), context)));
    }

    [Fact]
    public async Task A_handler_is_right_without_the_batchs_preload()
    {
        await using var services = await StartAsync();
        await BatchAsync(services, [Placed], (shipments, context) => Promise(shipments).Handle(Placed, context));
        var again = await BatchAsync(services, [], (shipments, context) => Promise(shipments).Handle(Placed, context));
        Assert.Empty(again.PublishedMessages);
    }

    private static PromiseDeliveryHandler Promise(BatchOfShipments shipments) => new(
        shipments,
        new DeliveryCalendar(new(TimeZoneInfo.Utc, new(14, 0), new(20, 0), 2, 5, new HashSet<DateOnly>(), PublicHolidays: true)),
        TimeProvider.System);

    private static async Task<TestableMessageHandlerContext> BatchAsync(
        ServiceProvider services, IReadOnlyList<object> preloaded, Func<BatchOfShipments, IMessageHandlerContext, Task> handle)
    {
        await using var scope = services.CreateAsyncScope();
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        var storage = scope.ServiceProvider.GetRequiredService<BatchStorage>();
        storage.Join(connection, transaction);
        var shipments = scope.ServiceProvider.GetRequiredService<BatchOfShipments>();
        var context = new TestableMessageHandlerContext();
        await shipments.LoadAsync(preloaded, Token);
        await handle(shipments, context);
        await shipments.StoreAsync(Token);
        await using var writes = new NpgsqlBatch(connection, transaction);
        foreach (var write in storage.TakeDeferred())
        {
            writes.BatchCommands.Add(write);
        }

        if (writes.BatchCommands.Count > 0)
        {
            await writes.ExecuteNonQueryAsync(Token);
        }

        await transaction.CommitAsync(Token);
        return context;
    }

    private async Task<ServiceProvider> StartAsync()
    {
        var connection = await server.CreateDatabaseAsync(Token);
        var services = new ServiceCollection()
            .AddSingleton(_ => NpgsqlDataSource.Create(connection))
            .AddScoped<BatchStorage>()
            .AddSingleton(TimeProvider.System)
            .AddScoped<BatchOfShipments>()
            .AddModuleDb<DispatchDb>("dispatch")
            .BuildServiceProvider();
        await services.GetRequiredService<ModuleMigrations>().MigrateAsync(services, Token);
        return services;
    }
}
