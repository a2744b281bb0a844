using Orders.Api.OrderProcess;
using Orders.Bus.Testing.Replay;
using Orders.Contracts;
using Orders.Hosting;

namespace Orders.Host.History;

/// <summary>The order process of this build, to replay histories with. Its deadlines are those of the environment, as for <c>serve</c>.</summary>
internal static class OrderReplay
{
    public static SagaReplay<OrderSaga, OrderSagaData> Create()
    {
        var deadlines = Deadlines.From(new ConfigurationBuilder().AddEnvironmentVariables().Build());
        return new(
            [.. Catalogue.Messages, .. OrderProcessMessages.All],
            OrderSagaJson.Default.OrderSagaData,
            clock => new(OrderTransitions.Current, clock, deadlines));
    }
}
