using Orders.Api.OrderViews;
using Orders.Contracts;

namespace Orders.Api.EraseOrders;

/// <summary>
/// Finds the orders of a person who is erased. One under way is left alone, so that its parcel arrives: all are gone over again,
/// every hour, until a look finds none. The second look also finds what was being confirmed at the time of the first.
/// </summary>
internal sealed class EraseOrdersHandler(IOrderDocuments documents) : IHandleMessages<CustomerErased>, IHandleMessages<EraseOrders>
{
    public const int Piece = 200;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromHours(1);

    public Task Handle(CustomerErased message, IMessageHandlerContext context) => context.SendLocal(new EraseOrders(message.CustomerId, message.At));

    public async Task Handle(EraseOrders message, IMessageHandlerContext context)
    {
        // An order's time has milliseconds.
        var found = await documents.ListAsync(
            new(null, message.UserId, null, null, null, message.PlacedUntil.AddMilliseconds(1), message.Before, Piece), context.CancellationToken);
        foreach (var order in found.Where(order => OrderStatus.IsEnd(order.Status)))
        {
            await context.SendLocal(new EraseOrder(order.OrderId));
        }

        if (found.Count > Piece)
        {
            await context.SendLocal(message with { Before = found[Piece - 1].OrderId });
        }
        else if (message.Looks == 0 || message.Before is not null || found.Count > 0)
        {
            var later = new SendOptions();
            later.RouteToThisEndpoint();
            later.DelayDeliveryWith(BetweenLooks);
            await context.Send(message with { Looks = message.Looks + 1, Before = null }, later);
        }
    }
}
