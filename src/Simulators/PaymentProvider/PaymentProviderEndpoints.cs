using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Hosting;
using Orders.Simulators.Faults;
using static Orders.Simulators.PaymentProvider.PaymentProviderJson;

namespace Orders.Simulators.PaymentProvider;

/// <summary>The provider over HTTP, under <c>/sim/psp</c>.</summary>
internal static class PaymentProviderEndpoints
{
    public static void MapPaymentProvider(this IEndpointRouteBuilder routes)
    {
        var psp = routes.MapGroup("/psp");
        psp.MapPost("/payments", (RequestDelegate)AuthoriseAsync);
        psp.MapPost("/payments/{reference}/capture", (RequestDelegate)CaptureAsync);
        psp.MapPost("/payments/{reference}/void", (RequestDelegate)(context => ChangeAsync(context, OperationKind.Void)));
        psp.MapPost("/payments/{reference}/refund", (RequestDelegate)(context => ChangeAsync(context, OperationKind.Refund)));
        psp.MapGet("/payments/{reference}", (RequestDelegate)FindAsync);
        psp.MapGet("/ledger", (RequestDelegate)LedgerEndpoint.GetAsync);
        psp.MapPost("/faults", (RequestDelegate)(context => FaultsEndpoint.SetAsync(context, Simulator.PaymentProvider)));
    }

    private static async Task AuthoriseAsync(HttpContext context)
    {
        var body = await JsonBody.ReadAsync(context, Default.AuthoriseBody);
        await ExecuteAsync(context, new(OperationKind.Authorise, ReferenceText.Checked(body.Reference), KeyOf(context), body.CardToken, body.Amount));
    }

    private static async Task CaptureAsync(HttpContext context)
    {
        var body = await JsonBody.ReadAsync(context, Default.CaptureBody);
        await ExecuteAsync(context, new(OperationKind.Capture, ReferenceOf(context), KeyOf(context), Amount: body.Amount));
    }

    private static Task ChangeAsync(HttpContext context, OperationKind operation) =>
        ExecuteAsync(context, new(operation, ReferenceOf(context), KeyOf(context)));

    private static async Task ExecuteAsync(HttpContext context, ProviderRequest request)
    {
        if (request.Amount is { Minor: < 0 })
        {
            throw ProblemException.Invalid("/amount", "is negative. Give zero or more.");
        }

        if (await Outage.GuardAsync(context, provider => provider.ExecuteAsync(request, context.RequestAborted)) is not { } answer)
        {
            return;
        }

        if (answer.Code == ProviderCodes.KeyReused)
        {
            throw new ProblemException(422, "idempotency-key-reused", "The key was used for another operation. Give each its own.");
        }

        await context.Response.WriteAsJsonAsync(AnswerBody.Of(answer), Default.AnswerBody, null, context.RequestAborted);
    }

    private static async Task FindAsync(HttpContext context)
    {
        var reference = ReferenceOf(context);
        var found = await Outage.GuardAsync(
            context, async provider => PaymentBody.Of(reference, await provider.FindAsync(reference, context.RequestAborted)));
        if (found is not null)
        {
            await context.Response.WriteAsJsonAsync(found, Default.PaymentBody, null, context.RequestAborted);
        }
    }

    private static string ReferenceOf(HttpContext context) =>
        ReferenceText.Checked((string)context.Request.RouteValues["reference"]!);

    private static string KeyOf(HttpContext context) => context.Request.Headers["Idempotency-Key"].ToString() is { Length: >= 1 and <= 255 } key
        ? key
        : throw new ProblemException(400, "idempotency-key", "Send an Idempotency-Key of 1 to 255 characters.");
}
