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

    /// <summary>An id goes into a path when its record is read: no encoding keeps . and .. from leading out of it. U+FFFD stands for what was lost.</summary>
    public static bool IsId(string? id) =>
        id is { Length: >= 1 and <= MaxIdLength } and not ("." or "..") && !id.Any(letter => char.IsControl(letter) || letter == '\uFFFD');

    /// <exception cref="UnreadableEventException">It holds what nobody may keep.</exception>
    public static CrmChange Checked(CrmChange change)
    {
        if (!IsId(change.RecordId))
        {
            throw new UnreadableEventException($"The record's id must be 1 to {MaxIdLength} characters, none of them U+FFFD or a control character, and neither . nor .. alone. Correct it.");
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
    /// What may be kept of a record that the CRM answered. It would answer the same for ever, and nobody can edit it here: what is too
    /// long is cut, and what has a name that is none is left out.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> Bounded(IReadOnlyDictionary<string, string?> fields) =>
        Kept(fields.Where(field => IsName(field.Key)).Take(MaxFields).ToDictionary(StringComparer.Ordinal))
            .ToDictionary(field => field.Key, field => Cut(field.Value), StringComparer.Ordinal);

    /// <summary>
    /// Without what looks like a card number: it never enters, whoever wrote it where. One in ten long telephone numbers looks like
    /// one, so what is called a telephone number stays.
    /// </summary>
    public static IReadOnlyDictionary<string, string?> Kept(IReadOnlyDictionary<string, string?> fields) => fields.ToDictionary(
        field => field.Key,
        field => Kept(field.Key, field.Value),
        StringComparer.Ordinal);

    public static string? Kept(string name, string? value) =>
        name.EndsWith("phone", StringComparison.OrdinalIgnoreCase) ? value : FreeTexts.WithoutCardNumber(value);

    // Not between the halves of a surrogate pair.
    private static string? Cut(string? value) =>
        value is { Length: > MaxValueLength } ? value[..(char.IsHighSurrogate(value[MaxValueLength - 1]) ? MaxValueLength - 1 : MaxValueLength)] : value;

    private static bool IsName(string name) =>
        name.Length is >= 1 and <= MaxNameLength && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
