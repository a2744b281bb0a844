using Orders.Hosting;
using Orders.Webhooks.Partners.Deliveries;

namespace Orders.Webhooks.Partners.Endpoints;

/// <summary><c>/api/webhook-endpoints/{id}/…</c>: what was delivered, and what is to be delivered again.</summary>
internal static class DeliveryRoutes
{
    public static void MapPartnerDeliveries(this IEndpointRouteBuilder routes)
    {
        const string one = EndpointRoutes.Path + "/{id}";
        routes.MapPost(one + "/test", TestAsync)
            .OfOne("testWebhookEndpoint", "Delivers an event of type webhook.test")
            .Gives(202, PartnerHttpJson.Strict.QueuedTest, "It is on its way; its delivery tells what came of it.");
        routes.MapGet(one + "/deliveries", ListAsync)
            .OfOne("listWebhookDeliveries", "Lists an endpoint's deliveries, the newest first", "Kept for 90 days.")
            .TakesQuery("status", "Only those that stand so.", oneOf: DeliveryState.Statuses)
            .TakesPage()
            .Gives(200, PartnerHttpJson.Strict.PageOfDeliveryDocument, "A page of deliveries.");
        routes.MapGet(one + "/deliveries/{deliveryId}", ShowAsync)
            .OfOne("getWebhookDelivery", "Shows a delivery with its request and its attempts")
            .OfDelivery()
            .Gives(200, PartnerHttpJson.Strict.DeliveryLog, "The delivery.");
        routes.MapPost(one + "/deliveries/{deliveryId}/redeliver", RedeliverAsync)
            .OfOne("redeliverWebhook", "Delivers once more", "Under the same webhook-id, by the whole schedule; behind what waits of the same key.")
            .OfDelivery()
            .Gives(202, PartnerHttpJson.Strict.DeliveryDocument, "The delivery, pending.");
        routes.MapPost(one + "/replay", ReplayAsync)
            .OfOne("replayWebhookEvents", "Delivers what happened from then until then once more", "In the order in which it happened; each under the webhook-id that it had.")
            .Takes(PartnerHttpJson.Strict.ReplayBody)
            .Gives(202, PartnerHttpJson.Strict.QueuedReplay, "They are on their way.");
    }

    private static RouteHandlerBuilder OfDelivery(this RouteHandlerBuilder route) => route.TakesPath("deliveryId", "The delivery's id.", format: "uuid");

    private static async Task<IResult> TestAsync(string id, HttpContext http, EndpointBook book, DeliveryDesk desk) =>
        await OwnAsync(id, http, book) is { } endpoint
            ? TypedResults.Json(await desk.TestAsync(endpoint, http.RequestAborted), PartnerHttpJson.Strict.QueuedTest, statusCode: 202)
            : EndpointRoutes.NotFound();

    private static async Task<IResult> ListAsync(string id, HttpContext http, EndpointBook book, DeliveryDesk desk)
    {
        var (limit, cursor) = Paging.From(http.Request);
        var (status, before) = (Status(http.Request), DeliveryCursor.Read(cursor));
        return await OwnAsync(id, http, book) is { } endpoint
            ? TypedResults.Json(await desk.ListAsync(endpoint, status, before, limit, http.RequestAborted), PartnerHttpJson.Strict.PageOfDeliveryDocument)
            : EndpointRoutes.NotFound();
    }

    private static async Task<IResult> ShowAsync(string id, string deliveryId, HttpContext http, EndpointBook book, DeliveryDesk desk) =>
        await OwnAsync(id, http, book) is { } endpoint && await desk.FindAsync(endpoint, EndpointRoutes.IdOf(deliveryId), http.RequestAborted) is { } found
            ? TypedResults.Json(found, PartnerHttpJson.Strict.DeliveryLog)
            : EndpointRoutes.NotFound();

    private static async Task<IResult> RedeliverAsync(string id, string deliveryId, HttpContext http, EndpointBook book, DeliveryDesk desk) =>
        await OwnAsync(id, http, book) is { } endpoint && await desk.RedeliverAsync(endpoint, EndpointRoutes.IdOf(deliveryId), http.RequestAborted) is { } again
            ? TypedResults.Json(again, PartnerHttpJson.Strict.DeliveryDocument, statusCode: 202)
            : EndpointRoutes.NotFound();

    private static async Task<IResult> ReplayAsync(string id, HttpContext http, EndpointBook book, DeliveryDesk desk)
    {
        var body = await JsonBody.ReadAsync(http, PartnerHttpJson.Strict.ReplayBody);
        if (body.To <= body.From)
        {
            throw ProblemException.Invalid("/to", "must be after from.");
        }

        return await OwnAsync(id, http, book) is { } endpoint
            ? TypedResults.Json(await desk.ReplayAsync(endpoint, body.From, body.To, http.RequestAborted), PartnerHttpJson.Strict.QueuedReplay, statusCode: 202)
            : EndpointRoutes.NotFound();
    }

    private static async Task<Guid?> OwnAsync(string id, HttpContext http, EndpointBook book) =>
        (await book.FindAsync(http.Partner(), EndpointRoutes.IdOf(id), http.RequestAborted))?.Id;

    private static string? Status(HttpRequest request) => request.Query["status"] switch
    {
        [] => null,
        [{ } text] when DeliveryState.Statuses.Contains(text, StringComparer.Ordinal) => text,
        _ => throw new ProblemException(400, "invalid-query", $"status must be given once, as one of {string.Join(", ", DeliveryState.Statuses)}."),
    };
}
