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
        routes.MapPost("/api/gift-cards", (RequestDelegate)IssueAsync).Needs(Roles.Operator);
        routes.MapGet("/api/gift-cards/{code}", (RequestDelegate)ReadAsync).Needs(Roles.Operator);
    }

    private static async Task IssueAsync(HttpContext context)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key is not { Length: >= 1 and <= 255 } || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ProblemException(400, "idempotency-key", "Send an Idempotency-Key of 1 to 255 visible ASCII characters.");
        }

        var body = await JsonBody.ReadAsync(context, PaymentsJson.Default.IssueGiftCard);
        GiftCardIssuing.Check(body);
        var card = await context.RequestServices.GetRequiredService<ITransactions>().RunAsync(
            PaymentsModule.Name,
            transaction => transaction.Services.GetRequiredService<GiftCardIssuing>().IssueAsync(key, body, context.RequestAborted),
            context.RequestAborted);
        context.Response.StatusCode = 201;
        context.Response.Headers.Location = $"/api/gift-cards/{card.Code}";
        await context.Response.WriteAsJsonAsync(card, PaymentsJson.Default.GiftCardBody, null, context.RequestAborted);
    }

    private static async Task ReadAsync(HttpContext context)
    {
        var code = (string)context.Request.RouteValues["code"]!;
        var db = context.RequestServices.GetRequiredService<PaymentsDb>();
        var card = await db.GiftCards.AsNoTracking().SingleOrDefaultAsync(row => row.Code == code, context.RequestAborted)
            ?? throw new ProblemException(404, "not-found", "There is no such gift card.");
        await context.Response.WriteAsJsonAsync(GiftCardBody.Of(card), PaymentsJson.Default.GiftCardBody, null, context.RequestAborted);
    }
}
