using System.Globalization;

namespace Orders.Dispatch.Carriers;

/// <summary>The idempotency key of a booking: the same for every attempt of one round, another for the next hand-over.</summary>
internal static class BookingKey
{
    public static string Of(Guid orderId, string carrier, int round) => round == 1
        ? $"book-{orderId:D}-{carrier}"
        : string.Create(CultureInfo.InvariantCulture, $"book-{orderId:D}-{carrier}-{round}");
}
