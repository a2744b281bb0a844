using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Orders.Api.CustomerCopy;
using Orders.Api.OrderViews;
using Orders.Hosting;

namespace Orders.Api.GetOrder;

/// <summary><c>GET /api/orders/{id}</c>: the document as it is stored, for operators with the customer, and its entity tag.</summary>
internal static class GetOrderEndpoint
{
    public static void MapGetOrder(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/orders/{id}", GetAsync)
            .Needs(Roles.Shopper, Roles.Operator, Roles.OrderHolder)
            .Describe("orders", "getOrder", "Shows an order", "Operators see in customer who the user is by the CRM, now; null where no CRM knows.")
            .TakesPath("id", "The order's id.", format: "uuid")
            .TakesHeader("If-None-Match", "The ETag of the version that is known already, or several.")
            .Gives(200, OrderDocumentJson.Default.OrderDocument, "The order.", "ETag")
            .Gives(304, "The order is still as it was at the ETag that If-None-Match names.", "ETag")
            .Fails(404, "not-found");

    private static async Task<IResult> GetAsync(string id, HttpContext http, IOrderDocuments documents, OperatorsView operators)
    {
        var order = await documents.FindVisibleAsync(id, http.Caller(), http.RequestAborted);
        return Answer(http, http.Caller().IsOperator ? (await operators.ShowAsync([order], http.RequestAborted))[0] : ShownOrder.Of(order));
    }

    /// <summary>The document with its entity tag, or 304 where the caller has it already.</summary>
    private static IResult Answer(HttpContext http, ShownOrder order)
    {
        var tag = new EntityTagHeaderValue(order.Tag);
        http.Response.Headers.ETag = order.Tag;
        http.Response.Headers.Vary = HeaderNames.Authorization;
        http.Response.Headers.CacheControl = "private, no-cache";
        return IsKnown(http.Request.Headers.IfNoneMatch, tag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Bytes(order.Json, "application/json; charset=utf-8");
    }

    private static bool IsKnown(StringValues header, EntityTagHeaderValue tag) =>
        header.Count > 0
        && EntityTagHeaderValue.TryParseList(header.ToArray()!, out var known)
        && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false));
}
