using System.Net;
using Orders.Bus.Activities;
using Orders.Dispatch.Carriers;

namespace Orders.Dispatch.HandOver;

/// <summary>Looks an unknown booking up and, unless it exists and is to be kept, cancels it: after that it cannot appear any more.</summary>
internal sealed class SettleBookingActivity(ICarrierApi carriers) : IActivity<SettleBooking>
{
    public async Task<object> ExecuteAsync(SettleBooking request, ActivityAttempt attempt, CancellationToken cancellationToken)
    {
        var key = BookingKey.Of(request.OrderId, request.Carrier, request.Round);
        if (request.Keep)
        {
            var found = await carriers.LookUpAsync(request.Carrier, key, cancellationToken);
            if (found.ResponseMessage.StatusCode != HttpStatusCode.NotFound)
            {
                found.ResponseMessage.EnsureSuccessStatusCode();
                if (found.GetContent().Taken is { } number)
                {
                    return new BookingMade(request.OrderId, request.Carrier, request.Round, number);
                }
            }
        }

        var cancelled = await carriers.CancelAsync(request.Carrier, key, cancellationToken);
        cancelled.ResponseMessage.EnsureSuccessStatusCode();
        return cancelled.GetContent().Taken is { } trackingNumber
            ? new BookingMade(request.OrderId, request.Carrier, request.Round, trackingNumber)
            : new BookingCancelled(request.OrderId, request.Carrier, request.Round);
    }

    public object GiveUp(SettleBooking request, ActivityAttempt attempt) =>
        new SettlementUnknown(request.OrderId, request.Carrier, request.Round);
}
