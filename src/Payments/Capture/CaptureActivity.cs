using Orders.Bus.Activities;
using Orders.Payments.Provider;

namespace Orders.Payments.Capture;

/// <summary>Captures; asks until it knows. A capture that answers "voided" is refused for good.</summary>
internal sealed class CaptureActivity(IPaymentGateway gateway) : IActivity<CaptureAtProvider>
{
    public async Task<object> ExecuteAsync(CaptureAtProvider request, ActivityAttempt attempt, CancellationToken cancellationToken)
    {
        var reference = PaymentReference.Of(request.OrderId);
        if (attempt.Number > 1 && await CapturedAsync(request.OrderId, cancellationToken) is { } captured)
        {
            return captured;
        }

        var answer = await gateway.CaptureAsync(
            reference, PaymentReference.CaptureKey(request.OrderId), request.Amount, cancellationToken);
        return answer switch
        {
            { Approved: true } => new CaptureAnswered(request.OrderId, request.Amount.Minor),
            { Code: GatewayStatus.Captured } when await CapturedAsync(request.OrderId, cancellationToken) is { } before => before,
            _ => new CaptureAnswered(request.OrderId, null, answer.Code),
        };
    }

    public object GiveUp(CaptureAtProvider request, ActivityAttempt attempt) =>
        throw new InvalidOperationException("A capture is never given up: register it without GiveUpAfter.");

    private async Task<CaptureAnswered?> CapturedAsync(Guid orderId, CancellationToken cancellationToken)
    {
        var found = await gateway.FindAsync(PaymentReference.Of(orderId), cancellationToken);
        return found.Status == GatewayStatus.Captured ? new(orderId, found.CapturedMinor) : null;
    }
}
