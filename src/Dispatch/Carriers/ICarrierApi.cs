using RestEase;

namespace Orders.Dispatch.Carriers;

/// <summary>The carriers' HTTP interface. A booking is named by its idempotency key.</summary>
[AllowAnyStatusCode]
internal interface ICarrierApi
{
    /// <summary>201 or 200 booked; 4xx refused, and refused for good under this key; anything else: unknown.</summary>
    [Post("{carrier}/bookings")]
    Task<Response<CarrierBooking>> BookAsync(
        [Path] string carrier, [Header("Idempotency-Key")] string key, [Body] CarrierRequest request, CancellationToken cancellationToken);

    /// <summary>Cancels what was booked under the key and refuses it from then on. Answers the booking: cancelled, or collected already.</summary>
    [Delete("{carrier}/bookings/{key}")]
    Task<Response<CarrierBooking>> CancelAsync([Path] string carrier, [Path] string key, CancellationToken cancellationToken);
}
