using System.Globalization;
using Orders.Hosting;

namespace Orders.Analytics.Sales;

/// <summary>Whole buckets: the one that holds <c>from</c> up to the one that holds the last moment before <c>to</c>.</summary>
internal sealed record SalesRange(DateTime From, DateTime To, string Interval)
{
    public const string Hour = "hour";
    public const string Day = "day";

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd",
    ];

    private static readonly DateTime Earliest = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Latest = new(9000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Reads <c>?from=&amp;to=&amp;interval=</c>: all time and days where they are not given.</summary>
    public static SalesRange Of(HttpRequest request)
    {
        var interval = request.Query["interval"] switch
        {
            [] or [Day] => Day,
            [Hour] => Hour,
            _ => throw new ProblemException(400, "invalid-query", "interval must be hour or day."),
        };
        var bucket = interval == Hour ? TimeSpan.TicksPerHour : TimeSpan.TicksPerDay;
        var from = Time(request, "from", Earliest);
        var to = Time(request, "to", Latest);
        return from <= to
            ? new(from.AddTicks(-(from.Ticks % bucket)), to.AddTicks((bucket - (to.Ticks % bucket)) % bucket), interval)
            : throw new ProblemException(400, "invalid-query", "from must not be after to.");
    }

    private static DateTime Time(HttpRequest request, string name, DateTime otherwise)
    {
        var given = request.Query[name];
        if (given.Count == 0)
        {
            return otherwise;
        }

        return given is [{ } text]
            && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && time.UtcDateTime >= Earliest
            && time.UtcDateTime <= Latest
                ? time.UtcDateTime
                : throw new ProblemException(
                    400, "invalid-query", $"{name} must be one RFC 3339 time such as 2026-01-31T00:00:00Z, from the year 1970 on.");
    }
}
