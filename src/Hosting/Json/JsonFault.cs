using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Orders.Hosting.Json;

/// <summary>Turns the serializer's complaint into JSON pointers (RFC 6901) and words that name no .NET type.</summary>
internal static partial class JsonFault
{
    private static readonly string[] Required = ["is required."];

    public static ProblemException Explain(JsonException fault)
    {
        var pointer = Pointer(fault.Path);
        if (Missing().Match(fault.Message) is { Success: true } missing)
        {
            var errors = Quoted().Matches(missing.Groups[1].Value).ToDictionary(
                name => $"{pointer}/{Escape(name.Groups[1].Value)}", _ => Required, StringComparer.Ordinal);
            return new(400, "invalid-request", $"Required members are missing: {string.Join(", ", errors.Keys)}.", errors);
        }

        return ProblemException.Invalid(pointer, Message(fault));
    }

    /// <summary><c>$.lines[0].sku</c> and <c>$['a.b']</c> to <c>/lines/0/sku</c> and <c>/a.b</c>.</summary>
    internal static string Pointer(string? path)
    {
        var pointer = new StringBuilder();
        foreach (var step in Steps().Matches(path ?? "").Cast<Match>())
        {
            var name = step.Groups["quoted"].Success ? step.Groups["quoted"].Value
                : step.Groups["index"].Success ? step.Groups["index"].Value
                : step.Groups["name"].Value;
            pointer.Append('/').Append(Escape(name));
        }

        return pointer.ToString();
    }

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    // The serializer's own messages end with "Path: …"; ours, from converters, are written for the reader already.
    private static string Message(JsonException fault) => fault.Message switch
    {
        var text when text.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) => "is not known here.",
        var text when text.Contains("Duplicate property", StringComparison.OrdinalIgnoreCase) => "is given twice.",
        var text when text.Contains("maximum configured depth", StringComparison.Ordinal)
            => $"is nested deeper than {StrictJson.MaxDepth} levels.",
        var text when text.Contains("could not be converted", StringComparison.Ordinal) => "has the wrong type or is out of range.",
        var text when text.Contains("doesn't allow null", StringComparison.Ordinal)
            || text.Contains("disallows null", StringComparison.Ordinal) => "must not be null.",
        var text when !text.Contains("Path: ", StringComparison.Ordinal) && !text.Contains("LineNumber", StringComparison.Ordinal) => text,
        _ => $"is not well-formed JSON near line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}.",
    };

    [GeneratedRegex(@"missing required properties including: (?<1>[^.]*)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Missing();

    [GeneratedRegex("'(?<1>[^']+)'", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\['(?<quoted>(?:[^'\\]|\\.)*)'\]|\[(?<index>\d+)\]|\.(?<name>[^.\[]+)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Steps();
}
