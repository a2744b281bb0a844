using Orders.Contracts;
using Orders.Hosting;
using Orders.Inventory.Stock;

namespace Orders.Inventory.Reserving;

/// <summary>Holds again for an order whose first hold ran out.</summary>
internal sealed class ReserveStockHandler(Warehouse warehouse, Reservation reservation, Deadlines deadlines, TimeProvider clock)
    : IHandleMessages<ReserveStock>
{
    public async Task Handle(ReserveStock message, IMessageHandlerContext context)
    {
        var lines = HoldLine.Of(message.Lines);
        await warehouse.LockAsync([message.OrderId], lines.Select(line => line.Sku), context.CancellationToken);
        await (warehouse.HoldOf(message.OrderId) switch
        {
            // The order gave up meanwhile: a hold would be nobody's.
            { IsClosed: true } => Task.CompletedTask,
            null or { State: HoldState.Released } => reservation.ReserveAsync(message.OrderId, lines, context),
            { State: HoldState.Held, Announced: true } hold => RenewAsync(hold, context),

            // A duplicate: answered before. Committed units are gone, and a shortage was already told.
            { State: HoldState.Held or HoldState.Short or HoldState.Committed } => Task.CompletedTask,
            { State: var state } => throw new InvalidOperationException($"A hold that is {state} is not handled. Say here what it does."),
        });
    }

    // The units never went back, so there is nothing to take: only the time runs anew.
    private Task RenewAsync(Hold hold, IMessageHandlerContext context)
    {
        var now = clock.GetUtcNow();
        var renewed = hold with { ExpiresAt = now + deadlines.Hold, Announced = false };
        warehouse.Change(renewed);
        return context.Publish(new StockReserved(hold.OrderId, renewed.ExpiresAt, now));
    }
}
