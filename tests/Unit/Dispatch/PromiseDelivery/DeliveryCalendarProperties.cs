using FsCheck;
using FsCheck.Fluent;
using Orders.Dispatch.PromiseDelivery;
using static Orders.Tests.Unit.Dispatch.PromiseDelivery.Warehouses;

namespace Orders.Tests.Unit.Dispatch.PromiseDelivery;

// A failing property prints the seed that repeats it.
public sealed class DeliveryCalendarProperties
{
    // Cut-off and delivery time lie where these zones' clocks jump.
    private static readonly DeliveryCalendar[] Calendars =
    [
        With(),
        With(("CutOff", "01:30"), ("DeliverBy", "02:30"), ("Holidays:0", "2026-11-02")),
        With(("TimeZone", "Europe/Berlin"), ("CutOff", "02:30")),
        With(("TimeZone", "Asia/Beirut"), ("CutOff", "00:30"), ("DeliverBy", "00:15")),
        With(("TimeZone", "Africa/Cairo"), ("CutOff", "23:45"), ("DeliverBy", "23:30")),
        With(("TimeZone", "Australia/Lord_Howe"), ("CutOff", "01:45")),
        With(("TimeZone", "Pacific/Auckland")),
    ];

    private static readonly Dictionary<DeliveryCalendar, TimeZoneInfo> Zones = Calendars.Zip(
        new[] { "America/New_York", "America/New_York", "Europe/Berlin", "Asia/Beirut", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Auckland" })
        .ToDictionary(pair => pair.First, pair => TimeZoneInfo.FindSystemTimeZoneById(pair.Second));

    [Fact]
    public void A_promise_lies_after_the_placing() => Check((calendar, placed, prime) =>
        calendar.Promise(placed, prime) > placed);

    [Fact]
    public void Prime_is_never_later_than_standard() => Check((calendar, placed, _) =>
        calendar.Promise(placed, prime: true) < calendar.Promise(placed, prime: false));

    [Fact]
    public void A_promise_never_ends_on_a_closed_day() => Check((calendar, placed, prime) =>
    {
        // A skipped wall time may move the instant across midnight, never by more than the hour that was skipped.
        var end = calendar.Promise(placed, prime);
        return new[] { end, end.AddHours(-1) }.Any(at =>
            calendar.IsOpen(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zones[calendar]).DateTime)));
    });

    [Fact]
    public void A_later_order_never_gets_an_earlier_promise() => Prop.ForAll(
        Placings.Generator.SelectMany(placing => Gen.Choose(0, 3 * 86_400).Select(later => (placing, later))).ToArbitrary(),
        pair => pair.placing.Calendar.Promise(pair.placing.At, pair.placing.Prime)
            <= pair.placing.Calendar.Promise(pair.placing.At.AddSeconds(pair.later), pair.placing.Prime))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    private static void Check(Func<DeliveryCalendar, DateTimeOffset, bool, bool> holds) => Prop.ForAll(
        Placings.Generator.ToArbitrary(), placing => holds(placing.Calendar, placing.At, placing.Prime))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private sealed record Placing(DeliveryCalendar Calendar, DateTimeOffset At, bool Prime)
    {
        public override string ToString() => $"calendar {Array.IndexOf(Calendars, Calendar)}, placed {At:O}, prime {Prime}";
    }

    private static class Placings
    {
        // Half of the placings lie within a day of a change of some zone's clock.
        private static readonly int[] ChangeDays = [66, 86, 87, 92, 93, 112, 113, 267, 268, 297, 301, 302, 303, 304];

        public static Gen<Placing> Generator { get; } =
            from calendar in Gen.Elements(Calendars)
            from day in Gen.OneOf(Gen.Choose(0, 364), Gen.Elements(ChangeDays))
            from second in Gen.Choose(0, 86_399)
            from prime in Gen.Elements(true, false)
            select new Placing(calendar, Utc("2026-01-01T00:00:00Z").AddDays(day).AddSeconds(second), prime);
    }
}
