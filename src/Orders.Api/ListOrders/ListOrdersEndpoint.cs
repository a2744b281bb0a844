using System.Buffers.Text;
using System.Globalization;
using Microsoft.Net.Http.Headers;
using Orders.Api.CustomerCopy;
using Orders.Api.OrderViews;
using Orders.Hosting;

namespace Orders.Api.ListOrders;

/// <summary><c>GET /api/orders</c>: newest first; shoppers see their own, operators all.</summary>
internal static class ListOrdersEndpoint
{
    private const int MaxFilterLength = 200;
    private const string Slug = "invalid-request";

    public static void MapListOrders(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/orders", ListAsync)
            .Needs(Roles.Shopper, Roles.Operator)
            .Describe("orders", "listOrders", "Lists orders, newest first", "Shoppers see their own, operators all, with the customer of each as the CRM knows it now.")
            .TakesQuery("status", "Only orders of this status.", oneOf: OrderStatus.All, slug: Slug)
            .TakesQuery("userId", "Only this user's orders.", MaxFilterLength, slug: Slug)
            .TakesQuery("sku", "Only orders that hold this item.", MaxFilterLength, slug: Slug)
            .TakesQuery("from", "Placed at this time or later: RFC 3339, or a date, which begins at midnight UTC.", slug: Slug)
            .TakesQuery("to", "Placed before this time.", slug: Slug)
            .TakesPage()
            .Gives(200, OrderDocumentJson.Default.PageOfOrderDocument, "A page of orders.");

    private static async Task<IResult> ListAsync(HttpContext http, IOrderDocuments documents, OperatorsView operators)
    {
        var filter = FilterOf(http.Request, http.Caller());
        var orders = await documents.ListAsync(filter, http.RequestAborted);
        StoredOrder[] page = [.. orders.Take(filter.Limit)];
        http.Response.Headers.Vary = HeaderNames.Authorization;
        return new OrderPage(
            http.Caller().IsOperator ? await operators.ShowAsync(page, http.RequestAborted) : [.. page.Select(ShownOrder.Of)],
            orders.Count > filter.Limit ? Cursor(page[^1].OrderId) : null);
    }

    /// <summary>What to list, from the query and from who asks.</summary>
    private static OrderFilter FilterOf(HttpRequest request, Caller caller)
    {
        var (limit, cursor) = Paging.From(request);
        var status = Text(request, "status");
        if (status is not null && !OrderStatus.All.Contains(status))
        {
            throw Invalid("status", $"must be one of {string.Join(", ", OrderStatus.All)}.");
        }

        return new(
            status,
            Text(request, "userId"),
            caller.IsOperator ? null : caller.UserId,
            Text(request, "sku"),
            Time(request, "from"),
            Time(request, "to"),
            cursor is null ? null : Before(cursor),
            limit);
    }

    private static string? Text(HttpRequest request, string name) => request.Query[name] switch
    {
        [] => null,
        [{ Length: > 0 and <= MaxFilterLength } text] when !text.Any(char.IsControl) => text,
        _ => throw Invalid(name, $"must be given once, with 1 to {MaxFilterLength} characters."),
    };

    private static DateTimeOffset? Time(HttpRequest request, string name)
    {
        if (Text(request, name) is not { } text)
        {
            return null;
        }

        return DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time)
            ? time
            : throw Invalid(name, "must be a time such as 2026-11-21T10:00:00Z (RFC 3339).");
    }

    private static string Cursor(Guid last) => Base64Url.EncodeToString(last.ToByteArray(bigEndian: true));

    private static Guid Before(string cursor)
    {
        Span<byte> bytes = stackalloc byte[16];
        return cursor.Length == 22
            && Base64Url.IsValid(cursor)
            && Base64Url.TryDecodeFromChars(cursor, bytes, out var length)
            && length == bytes.Length
                ? new(bytes, bigEndian: true)
                : throw Paging.BadCursor();
    }

    private static ProblemException Invalid(string name, string message) =>
        new(400, Slug, $"{name} {message}", new Dictionary<string, string[]>(StringComparer.Ordinal) { [name] = [message] });
}
