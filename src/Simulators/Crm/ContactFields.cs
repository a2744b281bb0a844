using Orders.Hosting;

namespace Orders.Simulators.Crm;

/// <summary>What a contact may hold.</summary>
internal static class ContactFields
{
    private const int MaxFields = 50;
    private const int MaxValueLength = 4_000;

    /// <exception cref="ProblemException">400 where it cannot be kept.</exception>
    public static void Check(IReadOnlyDictionary<string, string?> fields)
    {
        if (fields.Count > MaxFields || !fields.Keys.All(name => name.Length is >= 1 and <= 64 && name.All(char.IsAsciiLetterOrDigit)))
        {
            throw ProblemException.Invalid("", $"may hold {MaxFields} fields, with names of up to 64 letters and digits.");
        }

        foreach (var (name, value) in fields)
        {
            if (value is { Length: > MaxValueLength } || value?.Contains('\0', StringComparison.Ordinal) is true)
            {
                throw ProblemException.Invalid("/" + name, $"may be {MaxValueLength} characters long and hold no U+0000.");
            }
        }
    }
}
