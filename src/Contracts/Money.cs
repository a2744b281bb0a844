using System.Globalization;
using System.Numerics;
using System.Text.Json.Serialization;

namespace Orders.Contracts;

/// <summary>
/// An amount in minor units (cents, pence, yen) of one ISO 4217 currency. Never a fraction, never a float.
/// Arithmetic throws <see cref="OverflowException"/> out of range and <see cref="InvalidOperationException"/> across currencies.
/// </summary>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly record struct Money : IAdditionOperators<Money, Money, Money>, ISubtractionOperators<Money, Money, Money>
{
    public Money(long minor, string currency)
    {
        _ = Contracts.Currency.MinorDigits(currency);
        (Minor, Currency) = (minor, currency);
    }

    public long Minor { get; }

    public string Currency { get; }

    /// <summary>The amount as a decimal string with exactly the currency's minor digits: <c>323.49</c>, <c>-0.05</c>, <c>1200</c> for JPY.</summary>
    public string Amount
    {
        get
        {
            var digits = Contracts.Currency.MinorDigits(Currency);
            return new decimal(Minor).Scaled(digits).ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }
    }

    public bool IsZero => Minor == 0;

    public static Money Zero(string currency) => new(0, currency);

    public static Money operator +(Money left, Money right) => new(checked(left.Minor + right.In(left.Currency)), left.Currency);

    public static Money operator -(Money left, Money right) => new(checked(left.Minor - right.In(left.Currency)), left.Currency);

    public static Money operator *(Money price, int quantity) => new(checked(price.Minor * quantity), price.Currency);

    /// <summary>Reads an amount with exactly the currency's minor digits: an optional minus, digits without leading zeros, a point.</summary>
    /// <returns>False with the reason where the text is anything else.</returns>
    public static bool TryParse(string amount, string currency, out Money money, out string error)
    {
        money = default;
        if (!Contracts.Currency.IsKnown(currency))
        {
            error = $"'{currency}' is not an ISO 4217 currency code. Use one such as USD, EUR or JPY.";
            return false;
        }

        var digits = Contracts.Currency.MinorDigits(currency);
        if (!HasShape(amount, digits) || !long.TryParse(
                amount.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var minor))
        {
            error = digits == 0
                ? $"An amount in {currency} is a string of whole units such as \"1200\"."
                : $"An amount in {currency} is a string with exactly {digits} decimals such as \"{1.Scaled(digits)}\".";
            return false;
        }

        money = new(minor, currency);
        error = "";
        return true;
    }

    public override string ToString() => $"{Amount} {Currency}";

    private static bool HasShape(string amount, int digits)
    {
        var text = amount.AsSpan(amount.StartsWith('-') ? 1 : 0);
        var whole = digits == 0 ? text.Length : text.Length - digits - 1;
        return whole >= 1
            && text.Length <= 19
            && (digits == 0 || text[whole] == '.')
            && !text[..whole].ContainsAnyExceptInRange('0', '9')
            && (digits == 0 || !text[(whole + 1)..].ContainsAnyExceptInRange('0', '9'))
            && (whole == 1 || text[0] != '0');
    }

    private long In(string currency) => Currency == currency
        ? Minor
        : throw new InvalidOperationException($"{this} cannot be combined with an amount in {currency}. Convert it first.");
}

internal static class Scaling
{
    public static decimal Scaled(this decimal minor, int digits) => minor * new decimal(1, 0, 0, false, (byte)digits);

    public static string Scaled(this int whole, int digits) =>
        whole.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
