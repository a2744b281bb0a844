using System.Net;
using Orders.Bus.Activities;
using Orders.Dispatch.Carriers;

namespace Orders.Dispatch.HandOver;

/// <summary>Books a carrier. A refusal is an outcome; silence, a cut connection and a 5xx are "ask again, with the same key".</summary>
internal sealed class BookCarrierActivity(ICarrierApi carriers) : IActivity<BookCarrier>
{
    public async Task<object> ExecuteAsync(BookCarrier request, ActivityAttempt attempt, CancellationToken cancellationToken)
    {
        var key = BookingKey.Of(request.OrderId, request.Carrier, request.Round);
        var response = await carriers.BookAsync(
            request.Carrier, key, new CarrierRequest(request.OrderId.ToString("D"), request.ShipTo), cancellationToken);
        var status = response.ResponseMessage.StatusCode;
        if (IsRefusal(status))
        {
            return new BookingRefused(request.OrderId, request.Carrier, request.Round, $"refused with {(int)status}");
        }

        response.ResponseMessage.EnsureSuccessStatusCode();
        return response.GetContent().Taken is { } trackingNumber
            ? new BookingMade(request.OrderId, request.Carrier, request.Round, trackingNumber)
            : throw new InvalidOperationException($"{request.Carrier} answered {(int)status}, yet has not booked. The booking is asked for again.");
    }

    public object GiveUp(BookCarrier request, ActivityAttempt attempt) =>
        new BookingUnknown(request.OrderId, request.Carrier, request.Round);

    // 408, 425 and 429 say "later", not "no" (RFC 9110, RFC 8470, RFC 6585).
    private static bool IsRefusal(HttpStatusCode status) =>
        (int)status is >= 400 and < 500
        && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests)
        && (int)status != 425;
}
