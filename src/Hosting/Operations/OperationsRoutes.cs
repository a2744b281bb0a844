using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Bus.Engine;

namespace Orders.Hosting.Operations;

/// <summary>The operators' view of the bus: queue depths and the error queue.</summary>
internal static class OperationsRoutes
{
    private const string Once = "Doing it twice, or after the message was retried or discarded, has no further effect.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/ops/queues", (QueueStatistics queues, CancellationToken token) => QueuesAsync(queues, token))
            .OfOperators("listQueues", "How each endpoint of the bus stands")
            .Gives(200, OperationsJson.Strict.ListQueueStatus, "The endpoints, by name.");
        routes.MapGet("/api/ops/failed", ListAsync)
            .OfOperators("listFailed", "Lists messages that gave up, newest first")
            .TakesQuery("endpoint", "Only those of this endpoint.")
            .TakesQuery("type", "Only those of this type, by its wire name.")
            .TakesPage()
            .Gives(200, OperationsJson.Strict.PageOfFailedMessage, "A page of messages.");
        routes.MapGet("/api/ops/failed/{id}", (string id, ErrorQueue errors, CancellationToken token) =>
                OneAsync(id, key => errors.FindAsync(key, token)))
            .OfOperators("getFailed", "Shows a message that gave up")
            .OfOneMessage();
        routes.MapPost("/api/ops/failed/{id}/retry", (string id, HttpContext http, ErrorQueue errors) =>
                OneAsync(id, key => errors.RetryAsync(key, By(http), http.RequestAborted)))
            .OfOperators("retryFailed", "Puts the message back into its queue", Once)
            .OfOneMessage();
        routes.MapPost("/api/ops/failed/{id}/discard", DiscardAsync)
            .OfOperators("discardFailed", "Closes the message for good", Once)
            .OfOneMessage()
            .Takes(OperationsJson.Strict.DiscardRequest)
            .Fails(400, "validation")
            .Fails(422, "card-number-refused");
    }

    private static RouteHandlerBuilder OfOperators(this RouteHandlerBuilder route, string operationId, string summary, string? details = null) =>
        route.Needs(Roles.Operator).Describe("operating", operationId, summary, details);

    private static RouteHandlerBuilder OfOneMessage(this RouteHandlerBuilder route) => route
        .TakesPath("id", "The failed message's id.", format: "uuid")
        .Gives(200, OperationsJson.Strict.FailedMessage, "The message as it is now.")
        .Fails(404, "not-found");

    private static async Task<IResult> QueuesAsync(QueueStatistics queues, CancellationToken token) =>
        Results.Json(await queues.ReadAsync(token), OperationsJson.Strict.ListQueueStatus);

    private static async Task<IResult> ListAsync(HttpRequest request, string? endpoint, string? type, ErrorQueue errors, CancellationToken token)
    {
        var (limit, cursor) = Paging.From(request);
        Guid? before = cursor is null ? null : Guid.TryParse(cursor, out var id) ? id : throw Paging.BadCursor();
        if (endpoint?.Contains('\0', StringComparison.Ordinal) is true || type?.Contains('\0', StringComparison.Ordinal) is true)
        {
            throw new ProblemException(400, "invalid-query", "endpoint and type are names: they hold no NUL.");
        }

        var found = await errors.ListAsync(endpoint, type, before, limit + 1, token);
        var next = found.Count > limit ? found[limit - 1].Id.ToString("D", CultureInfo.InvariantCulture) : null;
        return Results.Json(new PageOf<FailedMessage>([.. found.Take(limit)], next), OperationsJson.Strict.PageOfFailedMessage);
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
        return await OneAsync(id, key => errors.DiscardAsync(key, By(http), reason, http.RequestAborted));
    }

    private static async Task<IResult> OneAsync(string id, Func<Guid, Task<FailedMessage?>> act)
    {
        var message = Guid.TryParse(id, out var key) ? await act(key) : null;
        return message is null
            ? throw new ProblemException(404, "not-found", "There is no failed message of that id. List them with GET /api/ops/failed.")
            : Results.Json(message, OperationsJson.Strict.FailedMessage);
    }

    private static string By(HttpContext http) => http.Caller().UserId ?? Roles.Operator;
}

internal sealed record DiscardRequest([property: StringLength(DiscardRequest.MaxReason, MinimumLength = 1)] string Reason)
{
    public const int MaxReason = 500;
}

[JsonSerializable(typeof(List<QueueStatus>))]
[JsonSerializable(typeof(PageOf<FailedMessage>))]
[JsonSerializable(typeof(FailedMessage))]
[JsonSerializable(typeof(DiscardRequest))]
internal sealed partial class OperationsJson : JsonSerializerContext
{
    public static OperationsJson Strict { get; } = new(StrictJson.NewOptions());
}
