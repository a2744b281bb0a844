using System.Globalization;

namespace Orders.Hosting.CardNumbers;

/// <summary>
/// Finds what looks like a payment card's number: 13 to 19 digits of any script that pass the Luhn check (ISO/IEC 7812-1,
/// annex B), in one piece or in groups with up to three characters between them that are neither letters nor digits.
/// </summary>
internal static class CardNumber
{
    private const int MinDigits = 13;
    private const int MaxDigits = 19;
    private const int MaxSeparators = 3;

    public static bool IsIn(string? text)
    {
        if (text is null || text.Length < MinDigits)
        {
            return false;
        }

        var groups = new List<List<int>>();
        var separators = MaxSeparators + 1;
        foreach (var character in text)
        {
            if (CharUnicodeInfo.GetDecimalDigitValue(character) is >= 0 and var digit)
            {
                if (separators > MaxSeparators && HasNumber(groups))
                {
                    return true;
                }

                Append(groups, digit, separators);
                separators = 0;
            }
            else
            {
                separators = char.IsLetter(character) ? MaxSeparators + 1 : separators + 1;
            }
        }

        return HasNumber(groups);
    }

    private static void Append(List<List<int>> groups, int digit, int separators)
    {
        if (separators > MaxSeparators)
        {
            groups.Clear();
        }

        if (separators > 0)
        {
            groups.Add([]);
        }

        groups[^1].Add(digit);
    }

    // A number starts and ends with a group: "12/27" behind it, or a house number before it, does not hide it.
    private static bool HasNumber(List<List<int>> groups)
    {
        for (var first = 0; first < groups.Count; first++)
        {
            var digits = new List<int>(MaxDigits);
            for (var last = first; last < groups.Count && digits.Count + groups[last].Count <= MaxDigits; last++)
            {
                digits.AddRange(groups[last]);
                if (digits.Count >= MinDigits && PassesLuhn(digits))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool PassesLuhn(List<int> digits)
    {
        var sum = 0;
        for (var index = 0; index < digits.Count; index++)
        {
            var digit = digits[digits.Count - 1 - index];
            var doubled = digit * 2;
            sum += index % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }

        return sum % 10 == 0 && digits.Exists(digit => digit != 0);
    }
}
