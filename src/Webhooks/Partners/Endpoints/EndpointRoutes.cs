using Orders.Hosting;

namespace Orders.Webhooks.Partners.Endpoints;

/// <summary><c>/api/webhook-endpoints</c>: a partner sees its own alone.</summary>
internal static class EndpointRoutes
{
    public const string Path = "/api/webhook-endpoints";

    public static void MapPartnerEndpoints(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, AddAsync)
            .Needs(Roles.Partner)
            .Describe("webhook-endpoints", "addWebhookEndpoint", "Registers where events are delivered", "The secret is shown this once.")
            .Takes(PartnerHttpJson.Strict.EndpointBody)
            .Gives(201, PartnerHttpJson.Strict.EndpointWithSecret, "The endpoint with its secret.", "Location")
            .Fails(409, "too-many-endpoints")
            .Fails(422, "url-refused");
        routes.MapGet(Path, ListAsync)
            .Needs(Roles.Partner)
            .Describe("webhook-endpoints", "listWebhookEndpoints", "Lists the partner's endpoints")
            .TakesPage()
            .Gives(200, PartnerHttpJson.Strict.PageOfEndpointDocument, "A page of endpoints.");
        routes.MapGet(Path + "/{id}", ShowAsync)
            .OfOne("getWebhookEndpoint", "Shows an endpoint")
            .Gives(200, PartnerHttpJson.Strict.EndpointDocument, "The endpoint.");
        routes.MapPatch(Path + "/{id}", ChangeAsync)
            .OfOne(
                "changeWebhookEndpoint", "Changes an endpoint",
                "What is for a disabled endpoint waits, and is delivered in order once it is enabled. What waits for a retry is tried again at once.")
            .Takes(PartnerHttpJson.Strict.EndpointChange)
            .Gives(200, PartnerHttpJson.Strict.EndpointDocument, "The endpoint as it is now.")
            .Fails(422, "url-refused");
        routes.MapDelete(Path + "/{id}", DeleteAsync)
            .OfOne("deleteWebhookEndpoint", "Deletes an endpoint, what waits for it, and its log")
            .Gives(204, "It is gone.");
        routes.MapPost(Path + "/{id}/rotate-secret", RotateAsync)
            .OfOne("rotateWebhookSecret", "Makes a new secret", "For 24 hours deliveries carry the signatures of both.")
            .Gives(200, PartnerHttpJson.Strict.RotatedSecret, "The new secret, shown this once.");
    }

    public static RouteHandlerBuilder OfOne(this RouteHandlerBuilder route, string operationId, string summary, string? details = null) => route
        .Needs(Roles.Partner)
        .Describe("webhook-endpoints", operationId, summary, details)
        .TakesPath("id", "The endpoint's id.", format: "uuid")
        .Fails(404, "not-found");

    public static IResult NotFound() => Problems.Of(404, "not-found", "There is no such endpoint, or no such delivery of it.");

    /// <summary>A malformed id is one that nobody has.</summary>
    public static Guid IdOf(string text) => Guid.TryParseExact(text, "D", out var id) ? id : Guid.Empty;

    public static string Partner(this HttpContext http) => http.Caller().UserId!;

    private static async Task<IResult> AddAsync(HttpContext http, EndpointBook book)
    {
        var body = await JsonBody.ReadAsync(http, PartnerHttpJson.Strict.EndpointBody);
        var added = await book.AddAsync(http.Partner(), body.Url, EventList.Check(body.Events), http.RequestAborted);
        http.Response.Headers.Location = $"{Path}/{added.Id:D}";
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(added, PartnerHttpJson.Strict.EndpointWithSecret, statusCode: 201);
    }

    private static async Task<IResult> ListAsync(HttpContext http, EndpointBook book)
    {
        var (limit, cursor) = Paging.From(http.Request);
        var after = cursor is null ? Guid.Empty : Guid.TryParseExact(cursor, "N", out var last) ? last : throw Paging.BadCursor();
        return TypedResults.Json(await book.ListAsync(http.Partner(), after, limit, http.RequestAborted), PartnerHttpJson.Strict.PageOfEndpointDocument);
    }

    private static async Task<IResult> ShowAsync(string id, HttpContext http, EndpointBook book) =>
        await book.FindAsync(http.Partner(), IdOf(id), http.RequestAborted) is { } found ? TypedResults.Json(found, PartnerHttpJson.Strict.EndpointDocument) : NotFound();

    private static async Task<IResult> ChangeAsync(string id, HttpContext http, EndpointBook book)
    {
        var body = await JsonBody.ReadAsync(http, PartnerHttpJson.Strict.EndpointChange);
        var events = body.Events is { } given ? EventList.Check(given) : null;
        // Whose it is comes before what is wrong with it.
        return await book.FindAsync(http.Partner(), IdOf(id), http.RequestAborted) is not null
            && await book.ChangeAsync(http.Partner(), IdOf(id), body.Url, events, body.Enabled, http.RequestAborted) is { } changed
            ? TypedResults.Json(changed, PartnerHttpJson.Strict.EndpointDocument)
            : NotFound();
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext http, EndpointBook book) =>
        await book.DeleteAsync(http.Partner(), IdOf(id), http.RequestAborted) ? TypedResults.NoContent() : NotFound();

    private static async Task<IResult> RotateAsync(string id, HttpContext http, EndpointBook book)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await book.RotateAsync(http.Partner(), IdOf(id), http.RequestAborted) is { } rotated
            ? TypedResults.Json(rotated, PartnerHttpJson.Strict.RotatedSecret)
            : NotFound();
    }
}
