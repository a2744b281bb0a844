namespace Orders.Simulators.Carrier;

internal enum BookingStatus
{
    /// <summary>Taken; it can still be cancelled.</summary>
    Booked,

    /// <summary>Taken and gone: too late to cancel.</summary>
    Collected,

    /// <summary>Not taken, and never under this key.</summary>
    Refused,

    /// <summary>Taken back, or cancelled before it was booked, which refuses it.</summary>
    Cancelled,
}
