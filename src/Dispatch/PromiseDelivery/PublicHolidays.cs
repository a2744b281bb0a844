namespace Orders.Dispatch.PromiseDelivery;

/// <summary>
/// The days on which parcel carriers in the United States rest: New Year, Memorial Day, Independence Day, Labor Day,
/// Thanksgiving and Christmas. One that falls on a weekend is observed on the working day nearest to it (5 U.S.C. § 6103(b)).
/// </summary>
internal static class PublicHolidays
{
    public static bool Contains(DateOnly day) =>
        IsObserved(day, 1, 1)
        || (day is { Month: 5, DayOfWeek: DayOfWeek.Monday } && day.AddDays(7).Month == 6)
        || IsObserved(day, 7, 4)
        || (day is { Month: 9, DayOfWeek: DayOfWeek.Monday } && day.Day <= 7)
        || (day is { Month: 11, DayOfWeek: DayOfWeek.Thursday } && day.Day is >= 22 and <= 28)
        || IsObserved(day, 12, 25);

    private static bool IsObserved(DateOnly day, int month, int dayOfMonth)
    {
        return Falls(day)
            || (day.DayOfWeek == DayOfWeek.Friday && Falls(day.AddDays(1)))
            || (day.DayOfWeek == DayOfWeek.Monday && Falls(day.AddDays(-1)));

        bool Falls(DateOnly date) => date.Month == month && date.Day == dayOfMonth;
    }
}
