using Orders.Contracts;
using Orders.Payments.Storage;

namespace Orders.Payments.Erase;

/// <summary>Whatever is still to be settled goes by the payment's reference: the card's token is not needed any more. Amounts stay.</summary>
internal sealed class OrderErasedHandler(BatchOfPayments payments) : IHandleMessages<OrderErased>
{
    public async Task Handle(OrderErased message, IMessageHandlerContext context)
    {
        if (await payments.FindAsync(message.OrderId, context.CancellationToken) is { CardToken: not "" } payment)
        {
            payments.Put(payment with { CardToken = "" });
        }
    }
}
