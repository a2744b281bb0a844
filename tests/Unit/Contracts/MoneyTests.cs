using FsCheck;
using FsCheck.Fluent;
using Orders.Contracts;

namespace Orders.Tests.Unit.Contracts;

public sealed class MoneyTests
{
    private static readonly Gen<string> Currencies = Gen.Elements("JPY", "USD", "EUR", "KWD", "CLF");

    private static readonly Gen<long> Minors =
        from magnitude in Gen.Choose(1, 17)
        from minor in Gen.Choose(-999_999_999, 999_999_999)
        select minor * (long)Math.Pow(10, magnitude % 8);

    [Fact]
    public void What_is_written_reads_back_the_same() => Holds((minor, currency) =>
    {
        var money = new Money(minor, currency);
        return Money.TryParse(money.Amount, currency, out var read, out _) && read == money;
    });

    [Fact]
    public void The_amount_has_exactly_the_digits_of_its_currency() => Holds((minor, currency) =>
    {
        var parts = new Money(minor, currency).Amount.Split('.');
        var digits = Currency.MinorDigits(currency);
        return digits == 0 ? parts.Length == 1 : parts.Length == 2 && parts[1].Length == digits;
    });

    [Fact]
    public void What_is_added_and_taken_away_again_leaves_nothing() => Holds((minor, currency) =>
    {
        var money = new Money(minor, currency);
        return money + money - money == money && (money - money).IsZero;
    });

    [Theory]
    [InlineData("323.4", "USD")]
    [InlineData("323.490", "USD")]
    [InlineData("323", "USD")]
    [InlineData("0323.49", "USD")]
    [InlineData("+1.00", "USD")]
    [InlineData("1e2", "JPY")]
    [InlineData("1.00", "JPY")]
    [InlineData(" 1.00", "USD")]
    [InlineData("1,000.00", "USD")]
    [InlineData(".50", "USD")]
    [InlineData("", "USD")]
    [InlineData("-", "JPY")]
    [InlineData("--1", "JPY")]
    [InlineData("-1.-5", "USD")]
    [InlineData("99999999999999999999.00", "USD")]
    [InlineData("1.00", "usd")]
    [InlineData("1.00", "ABC")]
    public void Any_other_way_of_writing_is_refused_with_a_reason(string amount, string currency)
    {
        Assert.False(Money.TryParse(amount, currency, out _, out var error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void Two_currencies_do_not_mix() =>
        Assert.Throws<InvalidOperationException>(() => new Money(1, "USD") + new Money(1, "EUR"));

    [Fact]
    public void Out_of_range_is_an_error_and_never_wraps() =>
        Assert.Throws<OverflowException>(() => new Money(long.MaxValue, "USD") + new Money(1, "USD"));

    private static void Holds(Func<long, string, bool> law) => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(
            (from minor in Minors from currency in Currencies select (minor, currency)).ToArbitrary(),
            sample => law(sample.minor, sample.currency)));
}
