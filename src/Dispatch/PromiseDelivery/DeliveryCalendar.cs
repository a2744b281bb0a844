namespace Orders.Dispatch.PromiseDelivery;

/// <summary>
/// Computes promises by the warehouse's clock and calendar. An order leaves on the first open day whose cut-off is still to
/// come; it is delivered by the evening of the second open day after that (prime) or the fifth. Pure and thread-safe.
/// </summary>
internal sealed class DeliveryCalendar(WarehouseOptions warehouse)
{
    // Longer than any run of closed days that somebody means.
    private const int MaxClosedDays = 366;

    /// <summary>The latest time of delivery, in UTC. Later orders never get an earlier promise.</summary>
    public DateTimeOffset Promise(DateTimeOffset placedAt, bool prime)
    {
        var day = LeavingDay(placedAt);
        for (var left = prime ? warehouse.PrimeDays : warehouse.StandardDays; left > 0; left--)
        {
            day = NextOpen(day.AddDays(1));
        }

        return At(day, warehouse.DeliverBy);
    }

    public bool IsOpen(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && !warehouse.Holidays.Contains(day)
        && !(warehouse.PublicHolidays && PublicHolidays.Contains(day));

    // Cut-offs are compared as instants, not as times on a wall: a clock put back repeats wall times, and can repeat a date.
    private DateOnly LeavingDay(DateTimeOffset placedAt)
    {
        var localDay = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(placedAt, warehouse.TimeZone).DateTime);
        var day = NextOpen(localDay.AddDays(-1));
        while (At(day, warehouse.CutOff) <= placedAt)
        {
            day = NextOpen(day.AddDays(1));
        }

        return day;
    }

    private DateOnly NextOpen(DateOnly day)
    {
        for (var closed = 0; closed <= MaxClosedDays; closed++, day = day.AddDays(1))
        {
            if (IsOpen(day))
            {
                return day;
            }
        }

        throw new InvalidOperationException(
            $"The warehouse is closed for more than {MaxClosedDays} days before {day:O}. Shorten the list Orders:Warehouse:Holidays.");
    }

    // A wall time that a clock put forward skips is taken as if it had not been; one that occurs twice means the later.
    private DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        var offset = warehouse.TimeZone.IsInvalidTime(local)
            ? warehouse.TimeZone.GetUtcOffset(local.AddDays(-1))
            : warehouse.TimeZone.IsAmbiguousTime(local)
                ? warehouse.TimeZone.GetAmbiguousTimeOffsets(local).Min()
                : warehouse.TimeZone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
