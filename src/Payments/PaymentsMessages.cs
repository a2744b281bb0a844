using Orders.Bus.Composition;
using static Orders.Bus.Composition.MessageContract;
using static Orders.Contracts.Catalogue;

namespace Orders.Payments;

/// <summary>The messages that only this module sends and handles.</summary>
internal static class PaymentsMessages
{
    public static IReadOnlyList<MessageContract> All { get; } =
    [
        Private("payments.authorise-at-provider", 1, PaymentsModule.Name, PaymentsJson.Default.AuthoriseAtProvider, m => ByOrder(m.OrderId)),
        Private("payments.authorisation-answered", 1, PaymentsModule.Name, PaymentsJson.Default.AuthorisationAnswered, m => ByOrder(m.OrderId)),
        Private("payments.capture-at-provider", 1, PaymentsModule.Name, PaymentsJson.Default.CaptureAtProvider, m => ByOrder(m.OrderId)),
        Private("payments.capture-answered", 1, PaymentsModule.Name, PaymentsJson.Default.CaptureAnswered, m => ByOrder(m.OrderId)),
        Private("payments.void-at-provider", 1, PaymentsModule.Name, PaymentsJson.Default.VoidAtProvider, m => ByOrder(m.OrderId)),
        Private("payments.refund-at-provider", 1, PaymentsModule.Name, PaymentsJson.Default.RefundAtProvider, m => ByOrder(m.OrderId)),
        Private("payments.closing-answered", 1, PaymentsModule.Name, PaymentsJson.Default.ClosingAnswered, m => ByOrder(m.OrderId)),
        Private("payments.provider-standing-found", 1, PaymentsModule.Name, PaymentsJson.Default.ProviderStandingFound, m => ByOrder(m.OrderId)),
    ];
}
