using System.Globalization;

namespace Orders.Dispatch.PromiseDelivery;

/// <summary>The warehouse's working time, from configuration <c>Orders:Warehouse:…</c>.</summary>
/// <param name="TimeZone">Where the warehouse's clock hangs: <c>TimeZone</c>, an IANA name. Default America/New_York.</param>
/// <param name="CutOff">Orders placed before it leave the same working day: <c>CutOff</c>, local time. Default 14:00.</param>
/// <param name="DeliverBy">Promises end at this local time of their day: <c>DeliverBy</c>. Default 20:00.</param>
/// <param name="PrimeDays">Working days after the one of leaving: <c>PrimeDays</c>. Default 2.</param>
/// <param name="StandardDays">The same for everyone else: <c>StandardDays</c>. Default 5.</param>
/// <param name="Holidays">Further closed days: <c>Holidays:0</c>, <c>Holidays:1</c> … as yyyy-MM-dd.</param>
/// <param name="PublicHolidays">Whether <see cref="PromiseDelivery.PublicHolidays"/> are closed too: <c>PublicHolidays</c>. Default true.</param>
internal sealed record WarehouseOptions(
    TimeZoneInfo TimeZone,
    TimeOnly CutOff,
    TimeOnly DeliverBy,
    int PrimeDays,
    int StandardDays,
    IReadOnlySet<DateOnly> Holidays,
    bool PublicHolidays)
{
    private const string Section = "Orders:Warehouse:";

    public static WarehouseOptions From(IConfiguration configuration) => new(
        Zone(configuration[Section + "TimeZone"] ?? "America/New_York"),
        Read(configuration, "CutOff", new TimeOnly(14, 0), TimeOnly.TryParse),
        Read(configuration, "DeliverBy", new TimeOnly(20, 0), TimeOnly.TryParse),
        Days(configuration, "PrimeDays", 2),
        Days(configuration, "StandardDays", 5),
        configuration.GetSection(Section + "Holidays").GetChildren().Select(Holiday).ToHashSet(),
        Read(configuration, "PublicHolidays", true, (string? text, IFormatProvider? _, out bool value) => bool.TryParse(text, out value)));

    private static TimeZoneInfo Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        ? zone
        : throw new InvalidOperationException(
            $"The setting {Section}TimeZone names the unknown time zone '{name}'. Give an IANA name such as Europe/Berlin; "
            + "if that one is right, this machine has no time zone data: install the package tzdata.");

    private static DateOnly Holiday(IConfigurationSection entry) =>
        DateOnly.TryParseExact(entry.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new InvalidOperationException($"The setting {entry.Path} is '{entry.Value}'. Give a date such as 2026-12-24.");

    private static int Days(IConfiguration configuration, string key, int otherwise)
    {
        var days = Read(configuration, key, otherwise, int.TryParse);
        return days is >= 1 and <= 60
            ? days
            : throw new InvalidOperationException($"The setting {Section}{key} is {days}. Give 1 to 60 working days.");
    }

    private delegate bool Parser<T>(string? text, IFormatProvider? format, out T value);

    private static T Read<T>(IConfiguration configuration, string key, T otherwise, Parser<T> parse)
    {
        var text = configuration[Section + key];
        if (text is null)
        {
            return otherwise;
        }

        return parse(text, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new InvalidOperationException($"The setting {Section}{key} is '{text}'. Give a value such as {otherwise}.");
    }
}
