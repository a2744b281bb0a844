using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;
using Orders.Contracts;
using Orders.Dispatch;
using Orders.Hosting;
using Orders.Simulators;

namespace Orders.Tests.Integration.Dispatch;

/// <summary>A process with the Dispatch module and the simulators, and an endpoint that hears what Dispatch says.</summary>
internal sealed class DispatchRig(OrdersProcess process, Channel<IEvent> heard) : IAsyncDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Guid OrderId { get; } = Guid.CreateVersion7();

    public HttpClient Http() => new() { BaseAddress = process.Url };

    /// <param name="giveUpAfter">How long a carrier is asked: short where its silence is the test, long where its answer is.</param>
    /// <param name="connection">An empty database.</param>
    /// <param name="gateway">The carriers' own, in place of the simulator's. A call to it may take a minute.</param>
    public static async Task<DispatchRig> StartAsync(string connection, TimeSpan giveUpAfter, Uri? gateway = null)
    {
        var heard = Channel.CreateUnbounded<IEvent>();
        var options = new OrdersProcessOptions
        {
            Urls = "http://127.0.0.1:0",
            Connection = connection,
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Orders:Carrier:GiveUpAfter"] = giveUpAfter.ToString("c"),
                ["Orders:Carrier:Url"] = gateway?.ToString(),
                ["Orders:Carrier:Timeout"] = gateway is null ? null : "00:01:00",
            },
        };
        var process = await OrdersProcess.StartAsync(
            options,
            builder =>
            {
                builder.AddDispatchModule();
                builder.Services.AddSimulators().AddSingleton(heard);
                builder.Services.AddBusEndpoint("probe", endpoint => endpoint.Handler<Probe>());
                builder.MapRoutes(routes => routes.MapSimulators());
            },
            Token);
        return new(process, heard);
    }

    public Task PlaceAsync(string postalCode) => Session.Publish(
        new OrderPlaced(
            OrderId,
            null,
            new DateTimeOffset(2026, 1, 13, 12, 0, 0, TimeSpan.Zero),
            Prime: true,
            Instructions: null,
            [new OrderLine("2341083", "Ribbon", 2, new Money(32349, "USD"))],
            new Money(64698, "USD"),
            new PaymentMeans("tok_ok"),
            new Address("David Xiang", "1 Main St", "Springfield", postalCode, "US")),
        Token);

    public Task SendAsync(object command) => Session.Send(command, Token);

    /// <summary>Waits for what Dispatch says next, 30 seconds at most.</summary>
    public async Task<T> NextAsync<T>()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        return Assert.IsType<T>(await heard.Reader.ReadAsync(limit.Token));
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private IMessageSession Session => process.Services.GetRequiredService<IMessageSession>();

    private sealed class Probe(Channel<IEvent> heard) :
        IHandleMessages<DeliveryPromised>,
        IHandleMessages<ShipmentPacked>,
        IHandleMessages<ShipmentDispatched>,
        IHandleMessages<DispatchFailed>,
        IHandleMessages<ShipmentStopped>
    {
        public Task Handle(DeliveryPromised message, IMessageHandlerContext context) => HearAsync(message);

        public Task Handle(ShipmentPacked message, IMessageHandlerContext context) => HearAsync(message);

        public Task Handle(ShipmentDispatched message, IMessageHandlerContext context) => HearAsync(message);

        public Task Handle(DispatchFailed message, IMessageHandlerContext context) => HearAsync(message);

        public Task Handle(ShipmentStopped message, IMessageHandlerContext context) => HearAsync(message);

        private Task HearAsync(IEvent message)
        {
            heard.Writer.TryWrite(message);
            return Task.CompletedTask;
        }
    }
}
