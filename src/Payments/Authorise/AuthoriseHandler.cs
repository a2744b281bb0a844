using Orders.Contracts;
using Orders.Payments.State;
using Orders.Payments.Storage;

namespace Orders.Payments.Authorise;

/// <summary>Starts the payment of a placed order and takes in the provider's answer.</summary>
internal sealed class AuthoriseHandler(BatchOfPayments payments, PaymentFlow flow, TimeProvider clock)
    : IHandleMessages<OrderPlaced>, IHandleMessages<AuthorisationAnswered>
{
    public async Task Handle(OrderPlaced message, IMessageHandlerContext context)
    {
        if (await payments.FindAsync(message.OrderId, context.CancellationToken) is not null)
        {
            return;
        }

        var giftCard = message.Payment.GiftCard is { } code ? await payments.CardAsync(code, context.CancellationToken) : null;
        await flow.CarryOutAsync(AuthoriseRules.Placed(message, giftCard, clock.GetUtcNow()), context);
    }

    public Task Handle(AuthorisationAnswered message, IMessageHandlerContext context) =>
        flow.ApplyAsync(message.OrderId, message, context);
}
