using Orders.Bus.Activities;
using Orders.Dispatch.Carriers;

namespace Orders.Dispatch.HandOver;

/// <summary>Closes a booking's key at the carrier: what was booked is cancelled, and what still arrives under it is refused.</summary>
internal sealed class CancelBookingActivity(ICarrierApi carriers) : IActivity<CancelBooking>
{
    public async Task<object> ExecuteAsync(CancelBooking request, ActivityAttempt attempt, CancellationToken cancellationToken)
    {
        var key = BookingKey.Of(request.OrderId, request.Carrier, request.Round);
        var response = await carriers.CancelAsync(request.Carrier, key, cancellationToken);
        response.ResponseMessage.EnsureSuccessStatusCode();
        return response.GetContent().Taken is { } trackingNumber
            ? new BookingMade(request.OrderId, request.Carrier, request.Round, trackingNumber)
            : new BookingCancelled(request.OrderId, request.Carrier, request.Round);
    }

    public object GiveUp(CancelBooking request, ActivityAttempt attempt) =>
        new CancellationUnknown(request.OrderId, request.Carrier, request.Round);
}
