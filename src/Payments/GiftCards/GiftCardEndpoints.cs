using Microsoft.EntityFrameworkCore;
using Orders.Bus.Storage;
using Orders.Hosting;
using Orders.Payments.Storage;

namespace Orders.Payments.GiftCards;

/// <summary><c>POST /api/gift-cards</c> and <c>GET /api/gift-cards/{code}</c>, for operators.</summary>
internal static class GiftCardEndpoints
{
    public static void MapGiftCards(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/gift-cards", IssueAsync)
            .Needs(Roles.Operator)
            .Describe("gift cards", "issueGiftCard", "Puts an amount on a new gift card, or on one that exists")
            .TakesIdempotencyKey()
            .Takes(PaymentsJson.Default.IssueGiftCard)
            .Gives(201, PaymentsJson.Default.GiftCardBody, "The card.", "Location")
            .Fails(422, "mixed-currency", "card-number-refused");
        routes.MapGet("/api/gift-cards/{code}", ReadAsync)
            .Needs(Roles.Operator)
            .Describe("gift cards", "getGiftCard", "Shows a gift card")
            .TakesPath("code", "The card's code.")
            .Gives(200, PaymentsJson.Default.GiftCardBody, "The card.")
            .Fails(404, "not-found");
    }

    private static async Task<IResult> IssueAsync(HttpContext context, ITransactions transactions)
    {
        var key = IdempotencyKeyHeader.Read(context.Request);
        var body = await JsonBody.ReadAsync(context, PaymentsJson.Default.IssueGiftCard);
        GiftCardIssuing.Check(body);
        var card = await transactions.RunAsync(
            PaymentsModule.Name,
            transaction => transaction.Services.GetRequiredService<GiftCardIssuing>().IssueAsync(key, body, context.RequestAborted),
            context.RequestAborted);
        context.Response.Headers.Location = $"/api/gift-cards/{card.Code}";
        return Results.Json(card, PaymentsJson.Default.GiftCardBody, statusCode: 201);
    }

    private static async Task<IResult> ReadAsync(string code, PaymentsDb db, CancellationToken cancellationToken)
    {
        var card = await db.GiftCards.AsNoTracking().SingleOrDefaultAsync(row => row.Code == code, cancellationToken)
            ?? throw new ProblemException(404, "not-found", "There is no such gift card.");
        return Results.Json(GiftCardBody.Of(card), PaymentsJson.Default.GiftCardBody);
    }
}
