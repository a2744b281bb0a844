using System.Diagnostics;
using Orders.Contracts;
using Orders.Hosting;

namespace Orders.Api.ConfirmPurchase;

/// <summary><c>POST /api/orders</c>.</summary>
internal static class ConfirmPurchaseEndpoint
{
    private const string Path = "/api/orders";

    /// <summary>503 with Retry-After, while more waits than is bearable.</summary>
    public static IResult? RefuseOverload(HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method) && http.Request.Path == Path
            && http.RequestServices.GetRequiredService<ConfirmService>().RetryAfter is { } wait
            ? Problems.Of(503, "overloaded", ConfirmService.Overload, retryAfter: wait)
            : null;

    public static void MapConfirmPurchase(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, ConfirmAsync)
            .Needs(Roles.Shopper)
            .AllowGuests()
            .Describe(
                "orders", "confirmPurchase", "Confirms a purchase",
                "Answers at once; payment, stock and dispatch follow. Too little stock or a declined card is no error here: the order ends "
                + "as rejected. A guest's answer holds an accessToken, a bearer token for this one order. Keys live 30 days.")
            .TakesIdempotencyKey()
            .Takes(ConfirmPurchaseJson.Default.ConfirmPurchaseBody)
            .Gives(
                202, ConfirmPurchaseJson.Default.OrderAccepted, "The order is accepted, now or by an equal request before.",
                "Location", IdempotencyKeyHeader.Replayed)
            .FailsWith(422, "price-changed", "currentPrices", ConfirmPurchaseJson.Default.IReadOnlyListCurrentPrice)
            .Fails(422, "unknown-sku", "mixed-currency", "card-number-refused")
            .Fails(503, "overloaded");

    private static async Task<IResult> ConfirmAsync(HttpContext http, ConfirmService confirms, IOrderAccessTokens tokens)
    {
        var caller = http.Caller();
        var key = IdempotencyKey.Of(http.Request.Headers[IdempotencyKey.Header], caller);
        var body = await JsonBody.ReadAsync(http, ConfirmPurchaseJson.Default.ConfirmPurchaseBody);
        var request = new ConfirmRequest(key, IdempotencyKey.HashOf(body), caller.UserId, PurchaseChecks.Check(body), Activity.Current);
        return await confirms.ConfirmAsync(request, http.RequestAborted) switch
        {
            ConfirmOutcome.Accepted { Order: var order } => Accepted(order.OrderId, order.Total, order.PlacedAt),
            ConfirmOutcome.Replayed { Before: var before } => Replayed(before),
            ConfirmOutcome.KeyReused => Problems.Of(
                422, "idempotency-key-reused", "This key confirmed another purchase. Use a new key for a new purchase."),
            ConfirmOutcome.UnknownSku unknown => Refused("unknown-sku", $"/lines/{unknown.Line}/sku", $"'{unknown.Sku}' is not in the catalogue."),
            ConfirmOutcome.PriceChanged { Lines: var lines } => PriceChanged(lines),
            var other => throw new InvalidOperationException($"{other.GetType().Name} has no answer. Give it one here."),
        };

        IResult Accepted(Guid orderId, Money total, DateTimeOffset placedAt)
        {
            http.Response.Headers.Location = $"/api/orders/{orderId}";
            var token = caller.UserId is null ? tokens.Issue(orderId) : null;
            return Results.Json(
                new OrderAccepted(orderId, OrderViews.OrderStatus.Accepted, total, placedAt, token),
                ConfirmPurchaseJson.Default.OrderAccepted,
                statusCode: StatusCodes.Status202Accepted);
        }

        IResult Replayed(ConfirmedBefore before)
        {
            http.Response.Headers["Idempotency-Replayed"] = "true";
            return Accepted(before.OrderId, before.Total, before.PlacedAt);
        }
    }

    private static IResult PriceChanged(IReadOnlyList<ChangedPrice> lines)
    {
        var prices = lines.DistinctBy(line => line.Sku).Select(line => new CurrentPrice(line.Sku, line.Current)).ToList();
        return Problems.Of(
            422,
            "price-changed",
            string.Join(" ", prices.Select(price => $"'{price.Sku}' costs {price.UnitPrice} now.")),
            lines.ToDictionary(line => $"/lines/{line.Line}/unitPrice", line => new[] { $"'{line.Sku}' costs {line.Current} now." }, StringComparer.Ordinal),
            member: new("currentPrices", prices, ConfirmPurchaseJson.Default.IReadOnlyListCurrentPrice));
    }

    private static IResult Refused(string slug, string pointer, string message) => Problems.Of(
        422, slug, message, new Dictionary<string, string[]>(StringComparer.Ordinal) { [pointer] = [message] });
}
