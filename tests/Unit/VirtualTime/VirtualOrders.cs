using Orders.Api.OrderProcess;
using Orders.Bus.Testing.VirtualTime;
using Orders.Contracts;
using Orders.Hosting;
using Orders.Tests.Unit.Exploration;

namespace Orders.Tests.Unit.VirtualTime;

/// <summary>The production order process and the modules' production handlers, for one order, in virtual time.</summary>
internal sealed class VirtualOrders
{
    private static readonly HashSet<Type> Public = [.. Recording.All.Select(contract => contract.Type)];

    private OrderWorld world;

    public VirtualOrders(Scenario scenario, Deadlines deadlines)
    {
        // The sides are given what they handle; what a world has on its way when it begins is the bus's here.
        world = OrderWorld.Of(scenario) with { Deliveries = [] };
        Bus = new(Recording.All, Scenario.Noon);
        Orders = Bus.Endpoint(Endpoints.Orders);
        Process = Orders.Saga(OrderSagaJson.Default.OrderSagaData, clock => new OrderSaga(OrderTransitions.Current, clock, deadlines), keepCompleted: TimeSpan.FromDays(60));
        foreach (var (endpoint, types) in Heard())
        {
            var module = Bus.Endpoint(endpoint);
            types.ForEach(type => module.Handle(type, (message, context) => HandleAsync(endpoint, message, context)));
            Modules[endpoint] = module;
        }
    }

    public VirtualBus Bus { get; }

    public VirtualEndpoint Orders { get; }

    public Dictionary<string, VirtualEndpoint> Modules { get; } = new(StringComparer.Ordinal);

    public VirtualSagas<OrderSaga, OrderSagaData> Process { get; }

    /// <summary>Throws what a handler is to fail with; by endpoint and message.</summary>
    public Action<string, object> Fault { get; set; } = (_, _) => { };

    public OrderState State => Process.Find(Scenario.OrderId)!.Progress.State;

    public OrderWorld World => world;

    public async Task PlaceAsync()
    {
        await Bus.Publish(world.Scenario.Placed);
        await Bus.SettleAsync();
    }

    private async Task HandleAsync(string endpoint, object message, IMessageHandlerContext context)
    {
        Fault(endpoint, message);
        var after = Sides.Handle(world with { Now = Bus.Clock.GetUtcNow() }, new(endpoint, message));
        while (Next(endpoint, after) is { } next)
        {
            after = next;
        }

        foreach (var said in after.Deliveries.Select(delivery => delivery.Message).Distinct(ReferenceEqualityComparer.Instance))
        {
            await (said is IEvent ? context.Publish(said!) : context.Send(said!));
        }

        world = after with { Deliveries = [] };
    }

    /// <summary>The module's calls and their answers stay within it.</summary>
    private static OrderWorld? Next(string endpoint, OrderWorld world) =>
        world.Calls is [var call, ..] ? Activities.Answer(world, call)
        : world.Deliveries.Find(delivery => !Public.Contains(delivery.Message.GetType())) is { } answer
            ? Sides.Handle(world with { Deliveries = world.Deliveries.Remove(answer) }, answer)
        : null;

    private static IEnumerable<(string Endpoint, List<Type> Types)> Heard() => Recording.All
        .SelectMany(contract => new[] { Endpoints.Inventory, Endpoints.Payments, Endpoints.Dispatch }
            .Where(endpoint => contract.Owner == endpoint || contract.Type == typeof(OrderPlaced))
            .Select(endpoint => (endpoint, contract.Type)))
        .GroupBy(pair => pair.endpoint, pair => pair.Type, (endpoint, types) => (endpoint, types.ToList()));
}
