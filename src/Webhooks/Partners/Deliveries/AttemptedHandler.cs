namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>Carries out what follows from an attempt, and asks for the next.</summary>
internal sealed class AttemptedHandler(DeliveryBook book) : IHandleMessages<DeliveryAttempted>
{
    public async Task Handle(DeliveryAttempted message, IMessageHandlerContext context)
    {
        var delivery = await book.DeliveryAsync(message.DeliveryId, context.CancellationToken);
        var endpoint = await book.EndpointAsync(message.EndpointId, context.CancellationToken);
        // Deleted, or an attempt that another has overtaken.
        if (endpoint is null || delivery is not { State: DeliveryState.Sending } || delivery.Attempts != message.Attempt)
        {
            return;
        }

        if (message.Answer is { } answer)
        {
            var verdict = Verdict.On(answer, delivery.Id, delivery.Attempts, endpoint.Health, endpoint.Now);
            book.Move(delivery with { State = verdict.State }, verdict.DueAt, AttemptEntry.Of(delivery.Attempts, answer));
            if (verdict.Health != endpoint.Health)
            {
                book.Change(endpoint with { Health = verdict.Health });
            }
        }
        else
        {
            // It does not count.
            book.Move(delivery with { State = DeliveryState.Due, Attempts = delivery.Attempts - 1 }, endpoint.Now, null);
        }

        if (book.MustDrain(endpoint.Id))
        {
            await context.SendLocal(new DrainEndpoint(endpoint.Id));
        }
    }
}
