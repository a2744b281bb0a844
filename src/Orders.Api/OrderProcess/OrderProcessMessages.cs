using Orders.Bus.Composition;
using Orders.Contracts;
using static Orders.Bus.Composition.MessageContract;

namespace Orders.Api.OrderProcess;

/// <summary>What the order process sends to itself.</summary>
internal static class OrderProcessMessages
{
    public static IReadOnlyList<MessageContract> All { get; } =
    [
        Private("orders.payment-deadline", 1, Endpoints.Orders, OrderSagaJson.Default.PaymentDeadline, message => Catalogue.ByOrder(message.OrderId)),
        Private("orders.dispatch-deadline", 1, Endpoints.Orders, OrderSagaJson.Default.DispatchDeadline, message => Catalogue.ByOrder(message.OrderId)),
    ];
}
