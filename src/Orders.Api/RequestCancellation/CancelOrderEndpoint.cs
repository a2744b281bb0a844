using Orders.Api.GetOrder;
using Orders.Api.OrderViews;
using Orders.Contracts;
using Orders.Hosting;

namespace Orders.Api.RequestCancellation;

/// <summary><c>POST /api/orders/{id}/cancel</c>.</summary>
internal static class CancelOrderEndpoint
{
    public static void MapCancelOrder(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/orders/{id}/cancel", CancelAsync)
            .Needs(Roles.Shopper, Roles.Operator, Roles.OrderHolder)
            .Describe("orders", "cancelOrder", "Asks to cancel an order", "Repeating it is harmless.")
            .TakesPath("id", "The order's id.", format: "uuid")
            .Takes(CancelOrderJson.Default.CancelOrderBody, required: false)
            .Gives(202, OrderDocumentJson.Default.OrderDocument, "The order, being cancelled or cancelled already.")
            .Fails(404, "not-found")
            .Fails(409, "order-dispatched", "order-ended")
            .Fails(422, "card-number-refused");

    private static async Task<IResult> CancelAsync(string id, HttpContext http, IOrderDocuments documents, CancelOrderService cancels)
    {
        var caller = http.Caller();
        var body = await JsonBody.ReadOptionalAsync(http, CancelOrderJson.Default.CancelOrderBody);
        CancelReason.Check(body?.Reason);
        var order = await documents.FindVisibleAsync(id, caller, http.RequestAborted);
        var reason = body?.Reason ?? (caller.IsOperator ? CancellationReasons.ByOperator : CancellationReasons.ByShopper);
        return Answer(CancelDecision.Decide(order) is CancelAnswer.Ask
            ? await cancels.AskAsync(order.OrderId, reason, http.RequestAborted)
            : order);
    }

    private static IResult Answer(StoredOrder order) => CancelDecision.Decide(order) switch
    {
        CancelAnswer.Ask or CancelAnswer.UnderWay => new AcceptedDocument(order.Json),
        CancelAnswer.Dispatched => Problems.Of(409, "order-dispatched", "The order is with the carrier and cannot be cancelled any more."),
        CancelAnswer.Rejected => Problems.Of(409, "order-ended", "The order was rejected: there is nothing to cancel."),
        var other => throw new InvalidOperationException($"{other} has no answer. Give it one here."),
    };

    private sealed class AcceptedDocument(byte[] json) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status202Accepted;
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            await httpContext.Response.BodyWriter.WriteAsync(json, httpContext.RequestAborted);
        }
    }
}
