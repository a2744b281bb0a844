using System.Text.RegularExpressions;

namespace Orders.Webhooks.Crm.Formats;

/// <summary>
/// JSON whose strings can be stored: U+0000 and halves of surrogate pairs, which only an escape can bring in, become U+FFFD.
/// Escapes are read one after another, so that an escaped backslash hides none and makes none.
/// </summary>
internal static partial class StorableJson
{
    public static string Of(string json) => Escapes().Replace(json, escape => escape.Groups["lost"].Success ? @"\ufffd" : escape.Value);

    [GeneratedRegex(
        @"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<lost>u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2}))|.)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Escapes();
}
