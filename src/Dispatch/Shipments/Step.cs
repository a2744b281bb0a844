namespace Orders.Dispatch.Shipments;

/// <summary>A decision: what the shipment becomes and what is said. Events are published; anything else goes to this endpoint.</summary>
internal sealed record Step(Progress Next, params IReadOnlyList<object> Says)
{
    public async Task ApplyAsync(Shipment shipment, IMessageHandlerContext context)
    {
        shipment.Progress = Next;
        foreach (var message in Says)
        {
            await (message is IEvent ? context.Publish(message) : context.SendLocal(message));
        }
    }
}
