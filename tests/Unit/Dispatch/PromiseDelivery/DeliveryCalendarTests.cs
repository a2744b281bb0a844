using static Orders.Tests.Unit.Dispatch.PromiseDelivery.Warehouses;

namespace Orders.Tests.Unit.Dispatch.PromiseDelivery;

// New York: UTC-5 in winter, UTC-4 from 8 March to 1 November 2026. Cut-off 14:00, deliveries until 20:00.
public sealed class DeliveryCalendarTests
{
    [Theory]
    [InlineData("2026-01-13T18:59:59Z", "2026-01-16T01:00:00Z")] // Tuesday 13:59:59 → Thursday evening
    [InlineData("2026-01-13T19:00:00Z", "2026-01-17T01:00:00Z")] // Tuesday 14:00:00 → Friday evening
    public void The_cut_off_is_the_first_moment_that_is_too_late(string placed, string promised) =>
        Assert.Equal(Utc(promised), With().Promise(Utc(placed), prime: true));

    [Theory]
    [InlineData("2026-01-16T22:00:00Z")] // Friday evening
    [InlineData("2026-01-17T15:00:00Z")] // Saturday
    [InlineData("2026-01-18T23:00:00Z")] // Sunday evening
    [InlineData("2026-01-19T18:00:00Z")] // Monday before the cut-off
    public void A_weekends_orders_leave_on_Monday(string placed) =>
        Assert.Equal(Utc("2026-01-22T01:00:00Z"), With().Promise(Utc(placed), prime: true));

    [Fact]
    public void Standard_takes_five_working_days() =>
        Assert.Equal(Utc("2026-01-21T01:00:00Z"), With().Promise(Utc("2026-01-13T12:00:00Z"), prime: false));

    [Fact]
    public void The_day_is_the_warehouses_not_Greenwichs() =>
        Assert.Equal(Utc("2026-01-17T01:00:00Z"), With().Promise(Utc("2026-01-14T03:00:00Z"), prime: true)); // Tuesday 22:00 there

    [Fact]
    public void Christmas_chained_with_configured_days_and_weekends_is_skipped_as_a_whole()
    {
        // Wednesday 23 December 2026 after the cut-off; the 24th is configured, the 25th public, then a weekend, the 28th configured.
        var calendar = With(("Holidays:0", "2026-12-24"), ("Holidays:1", "2026-12-28"));
        Assert.Equal(Utc("2027-01-01T01:00:00Z"), calendar.Promise(Utc("2026-12-23T20:00:00Z"), prime: true));
    }

    [Fact]
    public void Without_public_holidays_only_the_configured_days_are_closed() =>
        Assert.Equal(
            Utc("2026-12-26T01:00:00Z"), With(("PublicHolidays", "false")).Promise(Utc("2026-12-23T12:00:00Z"), prime: true));

    [Fact]
    public void A_clock_put_forward_on_the_way_keeps_the_evening_an_evening() =>
        Assert.Equal(Utc("2026-03-11T00:00:00Z"), With().Promise(Utc("2026-03-06T18:59:59Z"), prime: true)); // Friday → Tuesday 20:00 EDT

    [Fact]
    public void A_clock_put_back_on_the_way_keeps_the_evening_an_evening() =>
        Assert.Equal(Utc("2026-11-04T01:00:00Z"), With().Promise(Utc("2026-10-30T17:59:59Z"), prime: true)); // Friday → Tuesday 20:00 EST

    [Theory]
    [InlineData("2026-03-09T17:59:59Z", "2026-03-12T00:00:00Z")] // Monday 13:59:59 EDT
    [InlineData("2026-03-09T18:00:00Z", "2026-03-13T00:00:00Z")]
    [InlineData("2026-11-02T18:59:59Z", "2026-11-05T01:00:00Z")] // Monday 13:59:59 EST
    [InlineData("2026-11-02T19:00:00Z", "2026-11-06T01:00:00Z")]
    public void The_cut_off_follows_the_wall_clock_after_it_was_changed(string placed, string promised) =>
        Assert.Equal(Utc(promised), With().Promise(Utc(placed), prime: true));

    [Fact]
    public void A_wall_time_that_is_skipped_counts_as_if_it_were_not() =>
        // Cairo 2026: Friday 24 April 00:00 becomes 01:00, so 00:30 (as UTC+2) is 22:30 UTC on Thursday.
        Assert.Equal(
            Utc("2026-04-23T22:30:00Z"),
            With(("TimeZone", "Africa/Cairo"), ("DeliverBy", "00:30")).Promise(Utc("2026-04-22T08:00:00Z"), prime: true));

    [Fact]
    public void A_wall_time_that_occurs_twice_means_the_later() =>
        // Cairo 2026: Thursday 29 October 24:00 becomes 23:00, so 23:30 occurs at 20:30 and at 21:30 UTC.
        Assert.Equal(
            Utc("2026-10-29T21:30:00Z"),
            With(("TimeZone", "Africa/Cairo"), ("DeliverBy", "23:30")).Promise(Utc("2026-10-27T08:00:00Z"), prime: true));

    [Fact]
    public void A_warehouse_that_never_opens_is_a_fault_that_names_the_setting()
    {
        var days = Enumerable.Range(0, 600).Select(i => ($"Holidays:{i}", new DateOnly(2026, 1, 1).AddDays(i).ToString("O")));
        var fault = Assert.Throws<InvalidOperationException>(() => With([.. days]).Promise(Utc("2026-01-05T12:00:00Z"), prime: true));
        Assert.Contains("Orders:Warehouse:Holidays", fault.Message, StringComparison.Ordinal);
    }
}
