using Orders.Contracts;

namespace Orders.Webhooks.Partners.Events;

/// <summary>Hears what partners may want to hear.</summary>
internal sealed class PartnerEventsHandler(Listeners listeners) :
    IHandleMessages<OrderPlaced>,
    IHandleMessages<OrderStatusChanged>,
    IHandleMessages<StockLow>,
    IHandleMessages<CustomerChanged>
{
    public Task Handle(OrderPlaced message, IMessageHandlerContext context) => listeners.HearAsync(message, context);

    public Task Handle(OrderStatusChanged message, IMessageHandlerContext context) => listeners.HearAsync(message, context);

    public Task Handle(StockLow message, IMessageHandlerContext context) => listeners.HearAsync(message, context);

    public Task Handle(CustomerChanged message, IMessageHandlerContext context) => listeners.HearAsync(message, context);
}
