namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>Looks for work for an endpoint.</summary>
internal sealed class DrainHandler(DeliveryBook book, QueueDrain drain) : IHandleMessages<DrainEndpoint>
{
    public async Task Handle(DrainEndpoint message, IMessageHandlerContext context)
    {
        if (await book.EndpointAsync(message.EndpointId, context.CancellationToken) is { } endpoint && message.WakeAt >= endpoint.WakeAt)
        {
            drain.Awoken(endpoint);
        }

        await drain.AfterAsync(message.EndpointId, context);
    }
}
