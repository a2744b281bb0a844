using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Orders.Hosting;
using Orders.Simulators.Faults;
using static Orders.Simulators.Carrier.CarrierJson;

namespace Orders.Simulators.Carrier;

/// <summary>The carriers over HTTP, under <c>/sim/carrier</c>.</summary>
internal static class CarrierEndpoints
{
    public static void MapCarrier(this IEndpointRouteBuilder routes)
    {
        var carriers = routes.MapGroup("/carrier");
        carriers.MapPost("/{carrier}/bookings", (RequestDelegate)BookAsync);
        carriers.MapGet("/{carrier}/bookings/{key}", (RequestDelegate)FindAsync);
        carriers.MapDelete("/{carrier}/bookings/{key}", (RequestDelegate)CancelAsync);
        carriers.MapGet("/bookings", (RequestDelegate)ListAsync);
        carriers.MapPost("/faults", (RequestDelegate)(context => FaultsEndpoint.SetAsync(context, Simulator.Carrier)));
    }

    private static async Task BookAsync(HttpContext context)
    {
        var body = await JsonBody.ReadAsync(context, Default.BookBody);
        var key = context.Request.Headers["Idempotency-Key"].ToString() is { Length: >= 1 and <= 255 } given
            ? given
            : throw new ProblemException(400, "idempotency-key", "Send an Idempotency-Key of 1 to 255 characters.");
        await AnswerAsync(
            context,
            async simulator => await simulator.BookAsync(Route(context, "carrier"), key, ReferenceText.Checked(body.Reference), body.ShipTo.PostalCode, context.RequestAborted),
            CarrierStatus.OfBooking);
    }

    private static Task FindAsync(HttpContext context) => AnswerAsync(
        context,
        simulator => simulator.FindAsync(Route(context, "carrier"), Route(context, "key"), context.RequestAborted),
        _ => 200);

    private static Task CancelAsync(HttpContext context) => AnswerAsync(
        context,
        async simulator => await simulator.CancelAsync(Route(context, "carrier"), Route(context, "key"), context.RequestAborted),
        _ => 200);

    private static async Task ListAsync(HttpContext context)
    {
        var bookings = await context.RequestServices.GetRequiredService<CarrierSimulator>().ListAsync(context.RequestAborted);
        var body = new BookingsBody([.. bookings.Select(BookingBody.Of)]);
        await context.Response.WriteAsJsonAsync(body, Default.BookingsBody, null, context.RequestAborted);
    }

    private static async Task AnswerAsync(HttpContext context, Func<CarrierSimulator, Task<Booking?>> call, Func<Booking, int> status)
    {
        try
        {
            var booking = await call(context.RequestServices.GetRequiredService<CarrierSimulator>())
                ?? throw new ProblemException(404, "unknown-booking", "Nothing was ever booked under this key.");
            context.Response.StatusCode = status(booking);
            await context.Response.WriteAsJsonAsync(BookingBody.Of(booking), Default.BookingBody, null, context.RequestAborted);
        }
        catch (CarrierUnavailableException unavailable)
        {
            throw new ProblemException(503, "carrier-unavailable", unavailable.Message);
        }
        catch (CarrierReplyLostException)
        {
            context.Abort();
        }
    }

    private static string Route(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;
}
