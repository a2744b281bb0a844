using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Bus.Engine;

namespace Orders.Hosting.Operations;

/// <summary>The error queue, one message at a time.</summary>
internal static class FailedRoutes
{
    private const string Once = "Doing it twice, or after the message was retried or discarded, has no further effect.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/ops/failed", ListAsync)
            .OfOperators("listFailed", "Lists messages that gave up, newest first")
            .TakesQuery("endpoint", "Only those of this endpoint.")
            .TakesQuery("type", "Only those of this type, by its wire name.")
            .TakesPage()
            .Gives(200, OperationsJson.Strict.PageOfFailedMessage, "A page of messages; bodies over 16 KiB are left to the message's own page.");
        routes.MapGet("/api/ops/failed/{id}", (string id, ErrorQueue errors, CancellationToken token) =>
                OneAsync(id, key => errors.FindAsync(key, token)))
            .OfOperators("getFailed", "Shows a message that gave up")
            .OfOneMessage();
        routes.MapPost("/api/ops/failed/{id}/retry", (string id, HttpContext http, ErrorQueue errors) =>
                OneAsync(id, key => errors.RetryAsync(key, OperationsRoutes.By(http), http.RequestAborted)))
            .OfOperators("retryFailed", "Puts the message back into its queue", Once)
            .OfOneMessage();
        routes.MapPost("/api/ops/failed/{id}/edit-and-retry", EditAsync)
            .OfOperators("editAndRetryFailed", "Sends an edited message instead, with an id of its own that names the first as its cause", Once)
            .OfOneMessage()
            .Takes(OperationsJson.Strict.EditRequest)
            .Fails(422, "message-refused", "card-number-refused");
        routes.MapPost("/api/ops/failed/{id}/discard", DiscardAsync)
            .OfOperators("discardFailed", "Closes the message for good", Once)
            .OfOneMessage()
            .Takes(OperationsJson.Strict.DiscardRequest)
            .Fails(400, "validation")
            .Fails(422, "card-number-refused");
    }

    private static RouteHandlerBuilder OfOneMessage(this RouteHandlerBuilder route) => route
        .TakesPath("id", "The failed message's id.", format: "uuid")
        .Gives(200, OperationsJson.Strict.FailedMessage, "The message as it is now.")
        .Fails(404, "not-found");

    private static async Task<IResult> ListAsync(HttpRequest request, string? endpoint, string? type, ErrorQueue errors, CancellationToken token)
    {
        var (limit, cursor) = Paging.From(request);
        Guid? before = cursor is null ? null : Guid.TryParse(cursor, out var id) ? id : throw Paging.BadCursor();
        OperationsRoutes.CheckNames(endpoint, type);
        var found = await errors.ListAsync(endpoint, type, before, limit + 1, token);
        var next = found.Count > limit ? found[limit - 1].Id.ToString("D", CultureInfo.InvariantCulture) : null;
        return Results.Json(new PageOf<FailedMessage>([.. found.Take(limit)], next), OperationsJson.Strict.PageOfFailedMessage);
    }

    private static async Task<IResult> EditAsync(string id, HttpContext http, ErrorQueue errors)
    {
        var request = await JsonBody.ReadAsync(http, OperationsJson.Strict.EditRequest);
        if (request is { Body: null or { ValueKind: JsonValueKind.Null }, Headers: null })
        {
            throw ProblemException.Invalid("", "changes nothing. Give a body, headers, or both; or retry the message as it is.");
        }

        var edit = new MessageEdit(EditedTexts.Of(request.Body), request.Headers);
        EditedTexts.Check(edit);
        try
        {
            return await OneAsync(id, key => errors.EditAndRetryAsync(key, edit, OperationsRoutes.By(http), http.RequestAborted));
        }
        catch (MessageEditException refused)
        {
            throw EditedTexts.Refused(refused.Member, refused.Message);
        }
    }

    private static async Task<IResult> DiscardAsync(string id, HttpContext http, ErrorQueue errors)
    {
        var body = await JsonBody.ReadAsync(http, OperationsJson.Strict.DiscardRequest);
        if (body.Reason.Trim() is not { Length: >= 1 and <= DiscardRequest.MaxReason } reason || reason.Any(char.IsControl))
        {
            throw new ProblemException(400, "validation", "A discard needs a reason.", new Dictionary<string, string[]>(StringComparer.Ordinal)
            {
                ["/reason"] = [$"Say in 1 to {DiscardRequest.MaxReason} characters, none of them a control character, why the message is not needed."],
            });
        }

        FreeTexts.RefuseCardNumbers(("/reason", reason));
        return await OneAsync(id, key => errors.DiscardAsync(key, OperationsRoutes.By(http), reason, http.RequestAborted));
    }

    private static async Task<IResult> OneAsync(string id, Func<Guid, Task<FailedMessage?>> act)
    {
        var message = Guid.TryParse(id, out var key) ? await act(key) : null;
        return message is null
            ? throw new ProblemException(404, "not-found", "There is no failed message of that id. List them with GET /api/ops/failed.")
            : Results.Json(message, OperationsJson.Strict.FailedMessage);
    }
}
