using System.Globalization;
using Orders.Api.GetOrder;
using Orders.Api.OrderViews;
using Orders.Hosting;

namespace Orders.Api.WatchOrder;

/// <summary>
/// <c>GET /api/orders/{id}/events</c>: Server-Sent Events (WHATWG HTML, 9.2). The present state first, then what happens, until
/// the order's end. A client that comes back with <c>Last-Event-ID</c> gets what it missed.
/// </summary>
internal static class WatchOrderEndpoint
{
    public static void MapWatchOrder(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/orders/{id}/events", WatchAsync)
            .Needs(Roles.Shopper, Roles.Operator, Roles.OrderHolder)
            .Answers("text/event-stream")
            .Describe(
                "orders", "watchOrder", "Follows an order as Server-Sent Events",
                "id is the version, event the timeline's event, data the order. Begins with the present state, ends after the order's end.")
            .TakesPath("id", "The order's id.", format: "uuid")
            .TakesHeader("Last-Event-ID", "The version that was seen last: what came after it follows.")
            .Gives(200, "The stream.")
            .Gives(204, "The order has ended and everything was seen: do not come back.")
            .Fails(404, "not-found")
            .Fails(503, "overloaded");

    private static async Task<IResult> WatchAsync(
        string id, HttpContext http, IOrderDocuments documents, OrderSignals signals, OrderStream stream)
    {
        var order = await documents.FindVisibleAsync(id, http.Caller(), http.RequestAborted);
        var seen = LastEventId(http.Request);
        if (OrderStatus.IsEnd(order.Status) && seen >= order.Version)
        {
            // By the standard this tells the client to stop coming back.
            return Results.NoContent();
        }

        var watch = signals.TryWatch(order.OrderId);
        return watch is null
            ? Problems.Of(
                503, "overloaded", "As many orders are watched as this process serves. Come back, or poll the order.",
                retryAfter: TimeSpan.FromSeconds(5))
            : new OrderStreamResult(stream, watch, seen);
    }

    private static int? LastEventId(HttpRequest request) =>
        int.TryParse(request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;

    private sealed class OrderStreamResult(OrderStream stream, OrderWatch watch, int? seen) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            using (watch)
            {
                httpContext.Response.ContentType = "text/event-stream";
                httpContext.Response.Headers.CacheControl = "no-store";
                if (httpContext.WantsHeadersOnly())
                {
                    return;
                }

                await stream.WriteAsync(watch, seen, httpContext.Response.BodyWriter, httpContext.RequestAborted);
            }
        }
    }
}
