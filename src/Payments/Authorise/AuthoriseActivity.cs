using Orders.Bus.Activities;
using Orders.Payments.Provider;

namespace Orders.Payments.Authorise;

/// <summary>Authorises. When an attempt before this one ended without an answer, the payment is looked up first.</summary>
internal sealed class AuthoriseActivity(IPaymentGateway gateway) : IActivity<AuthoriseAtProvider>
{
    public async Task<object> ExecuteAsync(AuthoriseAtProvider request, ActivityAttempt attempt, CancellationToken cancellationToken)
    {
        var reference = PaymentReference.Of(request.OrderId);
        if (attempt.Number > 1)
        {
            var found = await gateway.FindAsync(reference, cancellationToken);
            if (found.Status != GatewayStatus.Unknown)
            {
                return Standing(request.OrderId, found.Status);
            }
        }

        var answer = await gateway.AuthoriseAsync(
            reference, PaymentReference.AuthoriseKey(request.OrderId), request.CardToken, request.Amount, cancellationToken);
        return answer switch
        {
            { Approved: true } => new(request.OrderId, AuthorisationResult.Approved),
            { Code: GatewayStatus.Authorised } => Standing(request.OrderId, answer.Code),
            _ => new AuthorisationAnswered(request.OrderId, AuthorisationResult.Declined, answer.Code),
        };
    }

    public object GiveUp(AuthoriseAtProvider request, ActivityAttempt attempt) =>
        new AuthorisationAnswered(request.OrderId, AuthorisationResult.Unknown);

    // Captured already: this database was restored from before it knew. The authorisation was approved, and the capture will be
    // answered under its key as it was then.
    private static AuthorisationAnswered Standing(Guid orderId, string status) => status is GatewayStatus.Authorised or GatewayStatus.Captured
        ? new(orderId, AuthorisationResult.Approved)
        : new(orderId, AuthorisationResult.Declined, $"card-{status}");
}
