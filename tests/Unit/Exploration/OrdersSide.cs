using System.Text.Json;
using Orders.Api.OrderProcess;
using Orders.Bus.Testing;
using Orders.Contracts;

namespace Orders.Tests.Unit.Exploration;

/// <summary>The production saga, stored as JSON between its steps.</summary>
internal static class OrdersSide
{
    public static OrderWorld Handle(OrderWorld world, object message)
    {
        // As the engine does: an ended saga swallows what is late, and what starts none and finds none is dropped.
        if (world.Ended || (world.Saga is null && !SagaInvocation.IsStartedBy(typeof(OrderSaga), message.GetType())))
        {
            return world;
        }

        return Step(world, message, SagaInvocation.Handle);
    }

    public static OrderWorld OnTimeout(OrderWorld world, object message) => Step(world, message, SagaInvocation.Timeout);

    private static OrderWorld Step(OrderWorld world, object message, Func<object, object, IMessageHandlerContext, Task> invoke)
    {
        var saga = new OrderSaga(world.Scenario.Table, new WorldClock(world.Now), Scenario.Deadlines)
        {
            Data = world.Saga is { } stored
                ? JsonSerializer.Deserialize(stored, OrderSagaJson.Default.OrderSagaData)!
                : new() { Id = Scenario.OrderId, OrderId = Scenario.OrderId },
        };
        var context = Heard.From(said => invoke(saga, message, said));
        var timers = context.TimeoutMessages
            .SelectMany(timeout => world.Scenario.Tamper(Endpoints.Orders, timeout.Message).Select(kept => new Timer(timeout.At!.Value, kept)));
        return (world with
        {
            History = world.Scenario.Records ? world.History.Add(Recording.Of(world, message, saga, context)) : world.History,
            Saga = JsonSerializer.Serialize(saga.Data, OrderSagaJson.Default.OrderSagaData),
            Ended = saga.Completed,
            Timers = saga.Completed ? [] : world.Timers.AddRange(timers),
        }).Take(Endpoints.Orders, context);
    }
}
