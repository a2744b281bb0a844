using Orders.Bus.Activities;
using Orders.Payments.Provider;

namespace Orders.Payments.Close;

/// <summary>
/// Voids or refunds, then says where the payment stands; asks until it knows. An operation that was refused is followed by a
/// look-up: the provider is the truth.
/// </summary>
internal sealed class ClosingActivity(IPaymentGateway gateway) : IActivity<VoidAtProvider>, IActivity<RefundAtProvider>
{
    public async Task<object> ExecuteAsync(VoidAtProvider request, ActivityAttempt attempt, CancellationToken cancellationToken)
    {
        var answer = await gateway.VoidAsync(
            PaymentReference.Of(request.OrderId), PaymentReference.VoidKey(request.OrderId), cancellationToken);
        return answer.Approved
            ? new ClosingAnswered(request.OrderId, ProviderStanding.Nothing)
            : Settled(await LookUpAsync(request.OrderId, cancellationToken));
    }

    public async Task<object> ExecuteAsync(RefundAtProvider request, ActivityAttempt attempt, CancellationToken cancellationToken)
    {
        await gateway.RefundAsync(
            PaymentReference.Of(request.OrderId), PaymentReference.RefundKey(request.OrderId), cancellationToken);
        return await LookUpAsync(request.OrderId, cancellationToken);
    }

    public object GiveUp(VoidAtProvider request, ActivityAttempt attempt) =>
        throw new InvalidOperationException("A void is never given up: register it without GiveUpAfter.");

    public object GiveUp(RefundAtProvider request, ActivityAttempt attempt) =>
        throw new InvalidOperationException("A refund is never given up: register it without GiveUpAfter.");

    /// <summary>A void that was refused of a payment that is authorised came before the authorisation, which was under way: it is asked for again.</summary>
    private static ClosingAnswered Settled(ClosingAnswered answer) => answer.Standing != ProviderStanding.Authorised
        ? answer
        : throw new InvalidOperationException($"The provider refused to void the payment of order {answer.OrderId} and yet has it authorised. It is asked again.");

    private async Task<ClosingAnswered> LookUpAsync(Guid orderId, CancellationToken cancellationToken)
    {
        var found = await gateway.FindAsync(PaymentReference.Of(orderId), cancellationToken);
        return new(orderId, Standings.Of(found.Status), found.CapturedMinor);
    }
}
