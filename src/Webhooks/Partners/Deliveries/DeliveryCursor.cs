using System.Globalization;
using Orders.Hosting;

namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>The cursor of a list of deliveries, the newest first: the position of the last that was seen.</summary>
internal static class DeliveryCursor
{
    public static string Write(long position) => position.ToString("x", CultureInfo.InvariantCulture);

    /// <exception cref="ProblemException">400 for what <see cref="Write"/> never wrote.</exception>
    public static long Read(string? cursor) => cursor is null
        ? long.MaxValue
        : long.TryParse(cursor, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var position) && position > 0 ? position : throw Paging.BadCursor();
}
