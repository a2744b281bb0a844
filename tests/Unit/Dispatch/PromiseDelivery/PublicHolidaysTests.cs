using Orders.Dispatch.PromiseDelivery;

namespace Orders.Tests.Unit.Dispatch.PromiseDelivery;

public sealed class PublicHolidaysTests
{
    [Theory]
    [InlineData("2026-01-01")]
    [InlineData("2026-05-25")]
    [InlineData("2026-07-03")] // the fourth is a Saturday
    [InlineData("2026-09-07")]
    [InlineData("2026-11-26")]
    [InlineData("2026-12-25")]
    [InlineData("2027-12-31")] // New Year 2028 is a Saturday, observed in the year before
    [InlineData("2023-01-02")] // New Year 2023 is a Sunday
    [InlineData("2022-12-26")]
    public void A_public_holiday_is_known(string day) => Assert.True(PublicHolidays.Contains(Day(day)));

    [Theory]
    [InlineData("2026-05-18")] // not the last Monday of May
    [InlineData("2026-09-14")] // not the first Monday of September
    [InlineData("2026-11-19")] // the third Thursday
    [InlineData("2026-12-24")]
    [InlineData("2026-07-06")] // a Monday, but the fourth was a Saturday
    [InlineData("2026-01-02")]
    public void A_day_like_a_holiday_is_none(string day) => Assert.False(PublicHolidays.Contains(Day(day)));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
