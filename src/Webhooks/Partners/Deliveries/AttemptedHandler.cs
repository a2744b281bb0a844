using Orders.Webhooks.Partners.Sending;

namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>Carries out what follows from an attempt, and looks for the next.</summary>
internal sealed class AttemptedHandler(DeliveryBook book, QueueDrain drain) : IHandleMessages<DeliveryAttempted>
{
    public async Task Handle(DeliveryAttempted message, IMessageHandlerContext context)
    {
        var delivery = await book.DeliveryAsync(message.DeliveryId, context.CancellationToken);
        var endpoint = await book.EndpointAsync(message.EndpointId, context.CancellationToken);
        // Else it is deleted, or the attempt is one that another has overtaken.
        if (endpoint is not null && delivery is { State: DeliveryState.Sending } && delivery.Attempts == message.Attempt)
        {
            Follow(delivery, endpoint, message.Answer);
        }

        await drain.AfterAsync(message.EndpointId, context);
    }

    private void Follow(QueuedDelivery delivery, QueuedEndpoint endpoint, Answer? answer)
    {
        if (answer is null)
        {
            // It does not count.
            book.Move(delivery with { State = DeliveryState.Due, Attempts = delivery.Attempts - 1 }, endpoint.Now, null);
            return;
        }

        var verdict = Verdict.On(answer, delivery.Id, delivery.Attempts, endpoint.Health, endpoint.Now);
        book.Move(delivery with { State = verdict.State }, verdict.DueAt, AttemptEntry.Of(delivery.Attempts, answer));
        if (verdict.Health != endpoint.Health)
        {
            book.Change(endpoint with { Health = verdict.Health });
        }
    }
}
