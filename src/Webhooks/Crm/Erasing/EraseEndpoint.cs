using Orders.Bus.Storage;
using Orders.Hosting;

namespace Orders.Webhooks.Crm.Erasing;

/// <summary><c>POST /api/customers/{id}/erase</c></summary>
internal static class EraseEndpoint
{
    private const int MaxIdLength = 320;

    public static void MapErase(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/customers/{id}/erase", EraseAsync)
            .Needs(Roles.Operator)
            .Describe(
                "customers", "eraseCustomer", "Removes what is kept of a person",
                "The records of this id of every CRM, the orders of this user as they end, and all messages about both. No CRM needs to have told of them. "
                + "Doing it twice has one effect: the first time stays.")
            .TakesPath("id", "The user's id, which is the CRMs' id, too.")
            .Takes(WebhooksHttpJson.Strict.EraseBody, required: false)
            .Gives(202, WebhooksHttpJson.Strict.CustomerErasure, "It is written down, and under way.")
            .Fails(404, "not-found");

    private static async Task<IResult> EraseAsync(string id, HttpContext http, ITransactions transactions)
    {
        var body = await JsonBody.ReadOptionalAsync(http, WebhooksHttpJson.Strict.EraseBody);
        if (id.Length > MaxIdLength || id.Trim() is not { Length: > 0 } trimmed || trimmed.Length < id.Length || id.Any(char.IsControl))
        {
            return Problems.Of(404, "not-found", "No customer or user has such an id.");
        }

        var by = http.Caller().UserId ?? Roles.Operator;
        var at = await transactions.RunAsync(WebhooksModule.Name, async transaction =>
        {
            var (asked, isNew) = await ErasureTable.AskAsync(transaction, id, by, body?.Again is true, http.RequestAborted);
            if (isNew)
            {
                await transaction.SendLocal(new EraseCustomer(id, asked));
            }

            return asked;
        }, http.RequestAborted);
        return TypedResults.Json(new(id, at), WebhooksHttpJson.Strict.CustomerErasure, statusCode: 202);
    }
}

/// <param name="Again">They were erased before, came back, and ask once more: what was not erased then is erased now.</param>
internal sealed record EraseBody(bool Again = false);

/// <param name="CustomerId">Who.</param>
/// <param name="ErasedAt">What was there then is erased.</param>
internal sealed record CustomerErasure(string CustomerId, DateTimeOffset ErasedAt);
