using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Orders.Simulators.Carrier;

/// <summary>
/// The carriers without a network: stands in for the HTTP client's handler, with the same answers and the same troubles.
/// What the benchmark uses to measure the pipeline alone.
/// </summary>
internal sealed class InProcessCarrier(CarrierSimulator simulator) : HttpMessageHandler
{
    /// <summary>The key under which the Dispatch module looks for it.</summary>
    public const string Key = "carrier";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await AnswerAsync(request, cancellationToken);
        }
        catch (CarrierUnavailableException)
        {
            return new(HttpStatusCode.ServiceUnavailable) { RequestMessage = request, Content = new ByteArrayContent([]) };
        }
        catch (CarrierReplyLostException lost)
        {
            throw new HttpRequestException(lost.Message, lost);
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // …/{carrier}/bookings or …/{carrier}/bookings/{key}
        var path = request.RequestUri!.Segments.SkipWhile(segment => segment != "carrier/").Skip(1)
            .Select(segment => Uri.UnescapeDataString(segment.TrimEnd('/'))).ToArray();
        if (request.Method == HttpMethod.Post)
        {
            var body = await JsonSerializer.DeserializeAsync(
                await request.Content!.ReadAsStreamAsync(cancellationToken), CarrierJson.Default.BookBody, cancellationToken);
            var key = request.Headers.GetValues("Idempotency-Key").Single();
            var booking = await simulator.BookAsync(path[0], key, body!.Reference, body.ShipTo.PostalCode, cancellationToken);
            return Response(request, CarrierStatus.OfBooking(booking), booking);
        }

        var known = request.Method == HttpMethod.Delete
            ? await simulator.CancelAsync(path[0], path[2], cancellationToken)
            : await simulator.FindAsync(path[0], path[2], cancellationToken);
        return known is null ? Response(request, 404, null) : Response(request, 200, known);
    }

    private static HttpResponseMessage Response(HttpRequestMessage request, int status, Booking? booking) => new((HttpStatusCode)status)
    {
        RequestMessage = request,
        Content = new ByteArrayContent(
            booking is null ? [] : JsonSerializer.SerializeToUtf8Bytes(BookingBody.Of(booking), CarrierJson.Default.BookingBody))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        },
    };
}
