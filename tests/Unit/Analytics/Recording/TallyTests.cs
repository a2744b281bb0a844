using Orders.Analytics.Recording;

namespace Orders.Tests.Unit.Analytics.Recording;

public sealed class TallyTests
{
    private static readonly DateTimeOffset HalfPastTen = new(2026, 3, 1, 10, 30, 0, TimeSpan.Zero);

    private readonly Tally tally = new();

    [Fact]
    public void An_order_counts_in_the_hour_of_its_placing_and_so_does_its_end()
    {
        tally.Add(Order(HalfPastTen, new("tea", "Tea", 2, 700), new("cup", "Cup", 1, 300)));
        tally.Add(new EndedOrder(Outcome.Rejected, HalfPastTen.AddMinutes(20), "USD"));
        var (key, count) = Assert.Single(tally.Sales);
        Assert.Equal((HalfPastTen.AddMinutes(-30), "USD"), key);
        Assert.Equal(new SalesCount(1, 3, 1000, 0, 1, 0), count);
    }

    [Fact]
    public void A_local_time_counts_in_its_hour_of_utc() =>
        Assert.Equal(HalfPastTen.AddMinutes(-30), Tally.HourOf(HalfPastTen.ToOffset(TimeSpan.FromMinutes(345))));

    [Fact]
    public void A_pair_is_counted_under_its_lesser_sku_whatever_the_order_of_lines()
    {
        tally.Add(Order(HalfPastTen, new("tea", "Tea", 1, 1), new("Cup", "Cup", 1, 1)));
        tally.Add(Order(HalfPastTen, new("Cup", "Cup", 1, 1), new("tea", "Tea", 1, 1)));
        Assert.Equal([KeyValuePair.Create(("Cup", "tea"), 2L)], tally.Pairs());
    }

    [Fact]
    public void Two_hundred_lines_make_every_pair_once()
    {
        tally.Add(Order(HalfPastTen, [.. Enumerable.Range(0, 200).Select(i => new FactLine($"sku{i}", "", 1, 1))]));
        var pairs = tally.Pairs();
        Assert.Equal(19_900, pairs.Length);
        Assert.All(pairs, pair => Assert.True(string.CompareOrdinal(pair.Key.A, pair.Key.B) < 0));
    }

    [Fact]
    public void The_latest_name_stays_whichever_comes_first()
    {
        var early = new ItemCount("Tee", HalfPastTen, 1, 1, 1);
        var late = new ItemCount("Tea", HalfPastTen.AddHours(1), 1, 1, 1);
        Assert.Equal("Tea", ItemCount.Sum(early, late).Name);
        Assert.Equal("Tea", ItemCount.Sum(late, early).Name);
    }

    private static OrderFact Order(DateTimeOffset at, params FactLine[] lines) =>
        new(Guid.CreateVersion7(at), at, "USD", lines.Sum(line => line.RevenueMinor), lines);
}
