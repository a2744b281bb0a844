using System.Globalization;

namespace Orders.Simulators.Carrier;

/// <summary>
/// Every booking of every carrier, by key. The first word under a key stands: booking again answers the same, and a key that
/// was refused or cancelled never books. In memory; not thread-safe.
/// </summary>
internal sealed class BookingRegister
{
    private readonly Dictionary<(string Carrier, string Key), Booking> byKey = [];
    private readonly List<(string Carrier, string Key)> order = [];

    public BookingRegister(IEnumerable<Booking> bookings)
    {
        foreach (var booking in bookings)
        {
            Put(booking);
        }
    }

    public IEnumerable<Booking> All => order.Select(key => byKey[key]);

    public Booking? Find(string carrier, string key) => byKey.GetValueOrDefault((carrier, key));

    /// <summary>What stands under the key now, and whether that is news.</summary>
    public (Booking Booking, bool Changed) Book(string carrier, string key, string reference, string postalCode, DateTimeOffset now)
    {
        if (Find(carrier, key) is { } known)
        {
            return (known, false);
        }

        return (Put(Decide(carrier, postalCode) is { } reason
            ? new(carrier, key, reference, BookingStatus.Refused, null, reason, now)
            : new(carrier, key, reference, FirstStatus(carrier, postalCode), TrackingNumber(carrier), null, now)), true);
    }

    /// <summary>Cancels what is booked; where nothing was, remembers the cancellation, so that a booking that comes later is refused.</summary>
    public (Booking Booking, bool Changed) Cancel(string carrier, string key, DateTimeOffset now) => Find(carrier, key) switch
    {
        null => (Put(new(carrier, key, null, BookingStatus.Cancelled, null, null, now)), true),
        { Status: BookingStatus.Booked } booked => (Put(booked with { Status = BookingStatus.Cancelled }), true),
        { } ended => (ended, false),
    };

    private static string? Decide(string carrier, string postalCode) => postalCode switch
    {
        PostalCodes.RefusedByAll => "no carrier goes there",
        PostalCodes.RefusedByFirst when carrier == PostalCodes.Troubled => $"{carrier} does not go there",
        _ => null,
    };

    private static BookingStatus FirstStatus(string carrier, string postalCode) =>
        carrier == PostalCodes.Troubled && postalCode == PostalCodes.CollectedInSilence ? BookingStatus.Collected : BookingStatus.Booked;

    private string TrackingNumber(string carrier) =>
        string.Create(CultureInfo.InvariantCulture, $"{carrier.ToUpperInvariant()}-{order.Count + 1:D9}");

    private Booking Put(Booking booking)
    {
        if (byKey.TryAdd((booking.Carrier, booking.IdempotencyKey), booking))
        {
            order.Add((booking.Carrier, booking.IdempotencyKey));
        }
        else
        {
            byKey[(booking.Carrier, booking.IdempotencyKey)] = booking;
        }

        return booking;
    }
}
