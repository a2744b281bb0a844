using Orders.Dispatch.Shipments;

namespace Orders.Dispatch.HandOver;

/// <summary>Takes in what became of asking a carrier.</summary>
internal sealed class BookingHandler(BatchOfShipments shipments, CarrierChoice carriers, TimeProvider clock) :
    IHandleMessages<BookingMade>,
    IHandleMessages<BookingRefused>,
    IHandleMessages<BookingUnknown>,
    IHandleMessages<BookingCancelled>,
    IHandleMessages<CancellationUnknown>
{
    public Task Handle(BookingMade message, IMessageHandlerContext context) => ApplyAsync(message, context);

    public Task Handle(BookingRefused message, IMessageHandlerContext context) => ApplyAsync(message, context);

    public Task Handle(BookingUnknown message, IMessageHandlerContext context) => ApplyAsync(message, context);

    public Task Handle(BookingCancelled message, IMessageHandlerContext context) => ApplyAsync(message, context);

    public Task Handle(CancellationUnknown message, IMessageHandlerContext context) => ApplyAsync(message, context);

    private async Task ApplyAsync(IBookingOutcome outcome, IMessageHandlerContext context)
    {
        var shipment = await shipments.FindAsync(outcome.OrderId, context.CancellationToken)
            ?? throw new InvalidOperationException($"The carrier answers for order {outcome.OrderId}, which has no shipment. Restore the row.");
        await BookingDecision.Decide(shipment, outcome, carriers, clock.GetUtcNow()).ApplyAsync(shipment, context);
    }
}
