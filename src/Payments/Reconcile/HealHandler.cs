using Orders.Payments.State;

namespace Orders.Payments.Reconcile;

/// <summary>Gives back what reconciliation found at the provider, by the ordinary activities.</summary>
internal sealed class HealHandler(PaymentFlow flow) : IHandleMessages<ProviderStandingFound>
{
    public Task Handle(ProviderStandingFound message, IMessageHandlerContext context) =>
        flow.ApplyAsync(message.OrderId, message, context);
}
