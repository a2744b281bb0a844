using Orders.Api.OrderProcess;
using Orders.Bus.Engine;
using Orders.Bus.History;
using Orders.Hosting;

namespace Orders.Api.ForkOrder;

/// <summary><c>POST /api/orders/{id}/fork</c>: an order that is stuck or wrong goes on from an earlier step, on the code that runs now (docs/replay.md).</summary>
internal static class ForkOrderEndpoint
{
    public static void MapForkOrder(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/orders/{id}/fork", ForkAsync)
            .Needs(Roles.Operator)
            .Describe(
                "operating",
                "forkOrder",
                "Runs an order's steps again from one of them on, on the code that runs now",
                "Without a plan it is a dry run. What was sent is not sent again. Doing it twice by one plan has one effect.")
            .TakesPath("id", "The order's id.", format: "uuid")
            .Takes(ForkOrderJson.Strict.ForkRequest)
            .Gives(200, ForkOrderJson.Strict.ForkView, "What it would do, or did.")
            .Fails(404, "not-found")
            .Fails(409, "fork-changed")
            .Fails(422, "fork-refused", "card-number-refused");

    private static async Task<IResult> ForkAsync(string id, HttpContext http, SagaForks forks)
    {
        var request = await JsonBody.ReadAsync(http, ForkOrderJson.Strict.ForkRequest);
        var reason = Checked(request);
        try
        {
            var view = !Guid.TryParse(id, out var orderId) ? null
                : request.Plan is { } plan ? await ApplyAsync(orderId, request.FromStep, plan, reason!, http, forks)
                : await forks.PlanAsync<OrderSaga>(orderId, request.FromStep, http.RequestAborted) is { } found ? ForkView.Of(orderId, found)
                : null;
            return view is null
                ? throw new ProblemException(404, "not-found", "No steps of such an order are recorded: it is unknown, its history was dropped by age, or recording was off.")
                : Results.Json(view, ForkOrderJson.Strict.ForkView);
        }
        catch (ForkRefusedException refused)
        {
            throw new ProblemException(422, "fork-refused", refused.Message);
        }
        catch (ForkChangedException changed)
        {
            throw new ProblemException(409, "fork-changed", changed.Message);
        }
    }

    private static async Task<ForkView?> ApplyAsync(Guid orderId, int fromStep, string plan, string reason, HttpContext http, SagaForks forks)
    {
        var by = http.Caller().UserId ?? Roles.Operator;
        return await forks.ApplyAsync<OrderSaga>(orderId, fromStep, plan, by, reason, http.RequestAborted) is { } step
            ? ForkView.Of(orderId, step, step.Fork()!)
            : null;
    }

    private static string? Checked(ForkRequest request)
    {
        if (request.FromStep < 1)
        {
            throw ProblemException.Invalid("/fromStep", "must be a step's number: 1 or more. GET /api/orders/{id}/history shows them.");
        }

        if (request.Plan is null)
        {
            return null;
        }

        if (request.Reason?.Trim() is not { Length: >= 1 and <= ForkRequest.MaxReason } reason || reason.Any(char.IsControl))
        {
            throw ProblemException.Invalid("/reason", $"must say in 1 to {ForkRequest.MaxReason} characters, none of them a control character, why the order is forked.");
        }

        FreeTexts.RefuseCardNumbers(("/reason", reason));
        return reason;
    }
}
