namespace Orders.Simulators.Carrier;

/// <summary>The HTTP status that answers a booking.</summary>
internal static class CarrierStatus
{
    public static int OfBooking(Booking booking) => booking.Status switch
    {
        BookingStatus.Booked or BookingStatus.Collected => 201,
        BookingStatus.Refused => 422,
        BookingStatus.Cancelled => 409,
        _ => throw new ArgumentOutOfRangeException(nameof(booking), booking.Status, "Give the new status an answer here."),
    };
}
