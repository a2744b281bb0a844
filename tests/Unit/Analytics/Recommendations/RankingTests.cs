using FsCheck;
using FsCheck.Fluent;
using Orders.Analytics.Recommendations;
using Orders.Analytics.Recording;

namespace Orders.Tests.Unit.Analytics.Recommendations;

public sealed class RankingTests
{
    [Fact]
    public void The_figures_are_those_of_the_definition()
    {
        // Ten orders: four with tea, five with cups, three with both.
        var cup = Assert.Single(Ranking.Rank(10, 4, [new("cup", "Cup", 3, 5)], 50));
        Assert.Equal((0.3, 0.75, 1.5), (cup.Support, cup.Confidence, cup.Lift));
    }

    [Fact]
    public void Equal_scores_fall_to_the_sku_and_the_limit_cuts()
    {
        // 2² / 4 = 3² / 9 = 1: equal, though as fractions of other numbers they may differ in the last bit.
        Association[] associations = [new("b", "B", 3, 9), new("a", "A", 2, 4), new("c", "C", 3, 4)];
        Assert.Equal(["c", "a"], Ranking.Rank(100, 10, associations, 2).Select(item => item.Sku));
    }

    [Fact]
    public void Counted_pairs_recommend_what_whole_baskets_do()
    {
        var basket = Gen.Choose(0, 7).Select(number => "sku" + number).ListOf().Select(skus => skus.Distinct().ToArray());
        Prop.ForAll(basket.ListOf().ToArbitrary(), baskets =>
        {
            var orders = baskets.ToList();
            var tally = Tallied(orders);
            return orders.SelectMany(order => order).Distinct().All(sku => Same(BruteForce.Recommend(orders, sku), Recommend(tally, orders.Count, sku)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Real_baskets_recommend_what_whole_baskets_do()
    {
        var file = SharedData.Find("groceries.csv");
        Assert.SkipUnless(file is not null, "../shared/data/groceries.csv is not there: the 9,835 real baskets are not compared.");
        var orders = File.ReadLines(file!).Select(line => line.Split(',').Distinct(StringComparer.Ordinal).ToArray()).ToList();
        var tally = Tallied(orders);
        Assert.Equal(9835, orders.Count);
        foreach (var sku in new[] { "whole milk", "baking powder" })
        {
            Assert.True(Same(BruteForce.Recommend(orders, sku), Recommend(tally, orders.Count, sku)), $"The recommendations for {sku} differ.");
        }
    }

    private static Tally Tallied(IEnumerable<string[]> orders)
    {
        var tally = new Tally();
        foreach (var order in orders)
        {
            tally.Add(new OrderFact(
                Guid.Empty, DateTimeOffset.UnixEpoch, "USD", 0, [.. order.Select(sku => new FactLine(sku, sku, 1, 0))]));
        }

        return tally;
    }

    private static IReadOnlyList<Recommendation> Recommend(Tally tally, int orders, string sku)
    {
        var with = tally.Items.ToDictionary(item => item.Key.Sku, item => item.Value.Orders, StringComparer.Ordinal);
        var associations = tally.Pairs()
            .Where(pair => pair.Key.A == sku || pair.Key.B == sku)
            .Select(pair => (Other: pair.Key.A == sku ? pair.Key.B : pair.Key.A, Together: pair.Value))
            .Select(pair => new Association(pair.Other, pair.Other, pair.Together, with[pair.Other]));
        return Ranking.Rank(orders, with[sku], associations, int.MaxValue);
    }

    private static bool Same(IReadOnlyList<Recommendation> expected, IReadOnlyList<Recommendation> actual) =>
        expected.Count == actual.Count && expected.Zip(actual).All(pair =>
            pair.First.Sku == pair.Second.Sku
            && pair.First.Together == pair.Second.Together
            && Near(pair.First.Support, pair.Second.Support)
            && Near(pair.First.Confidence, pair.Second.Confidence)
            && Near(pair.First.Lift, pair.Second.Lift));

    private static bool Near(double left, double right) => Math.Abs(left - right) <= 1e-12 * Math.Max(left, right);
}
