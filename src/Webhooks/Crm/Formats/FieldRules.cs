using Orders.Hosting;
using Orders.Webhooks.Crm.Merging;

namespace Orders.Webhooks.Crm.Formats;

/// <summary>What may be taken from a CRM: bounded, and fit to be stored.</summary>
internal static class FieldRules
{
    private const int MaxIdLength = 255;
    private const int MaxFields = 200;
    private const int MaxNameLength = 64;
    private const int MaxValueLength = 4_000;

    public static bool IsId(string? id) => id is { Length: >= 1 and <= MaxIdLength } && !id.Any(char.IsControl);

    /// <exception cref="UnreadableEventException">It holds what nobody may keep.</exception>
    public static CrmChange Checked(CrmChange change)
    {
        if (!IsId(change.RecordId))
        {
            throw new UnreadableEventException($"The record's id must be 1 to {MaxIdLength} characters, none of them a control character. Correct it.");
        }

        if (change.Stamp.Major < 1)
        {
            throw new UnreadableEventException($"The version is {change.Stamp.Major}. Versions begin at 1; correct it.");
        }

        if (change.Fields.Count > MaxFields || change.Fields.Keys.Any(name => !IsName(name)))
        {
            throw new UnreadableEventException($"There may be {MaxFields} fields, with names of up to {MaxNameLength} letters, digits and _. Leave the others out.");
        }

        return change.Fields.Values.Any(value => value is { Length: > MaxValueLength } || value?.Contains('\0', StringComparison.Ordinal) is true)
            ? throw new UnreadableEventException($"A field's value may be {MaxValueLength} characters long and hold no U+0000. Shorten it.")
            : change with { Fields = Kept(change.Fields) };
    }

    /// <summary>
    /// Without what looks like a card number: it never enters, whoever wrote it where. One in ten long telephone numbers looks like
    /// one, so what is called a telephone number stays.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> Kept(IReadOnlyDictionary<string, string?> fields) => fields.ToDictionary(
        field => field.Key,
        field => field.Key.EndsWith("phone", StringComparison.OrdinalIgnoreCase) ? field.Value : FreeTexts.WithoutCardNumber(field.Value),
        StringComparer.Ordinal);

    private static bool IsName(string name) =>
        name.Length is >= 1 and <= MaxNameLength && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
