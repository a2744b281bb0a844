using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orders.Bus.Engine;

/// <summary>All that one sweep looks for. Pure.</summary>
/// <param name="Keys">Business keys, and up to when what they were sent for is masked.</param>
/// <param name="Messages">Single messages.</param>
/// <param name="Mentions">Ids that what others wrote may mention; null for none.</param>
internal sealed record ErasureScope(IReadOnlyDictionary<string, DateTimeOffset> Keys, IReadOnlySet<Guid> Messages, Regex? Mentions)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ErasureScope Of(IReadOnlyList<ErasureRequest> requests)
    {
        var ids = requests.Select(request => request.Mention).OfType<string>().Distinct(StringComparer.Ordinal).Select(Regex.Escape).ToList();
        return new(
            requests.Where(request => request.Key is not null)
                .GroupBy(request => request.Key!, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Max(request => request.Until), StringComparer.Ordinal),
            requests.Select(request => request.Message).OfType<Guid>().ToHashSet(),
            // The id as a value: a JSON string, perhaps within another, or an XML element's text. A number or a word may be anything.
            ids.Count == 0 ? null : new($@"[""'>]\s*(?:{string.Join('|', ids)})\s*\\?[""'<]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Patience));
    }

    /// <summary>Which of its personal members are to be masked.</summary>
    public IReadOnlyList<PersonalMember> MembersOf(StoredMessage message, IReadOnlyList<PersonalMember> personal) =>
        Messages.Contains(message.Id) || (Keys.TryGetValue(message.Key, out var until) && message.SentAt <= until) ? personal
        : Mentions?.IsMatch(Readable(message.Body)) is true ? [.. personal.Where(member => member.IsForeign)]
        : [];

    /// <summary>As anybody would write it: quotes and angle brackets can be told whatever escaped them.</summary>
    private static string Readable(string json)
    {
        try
        {
            return JsonNode.Parse(json)?.ToJsonString(Plain) ?? "";
        }
        catch (JsonException)
        {
            return json;
        }
    }
}

/// <summary>A message as far as it matters here.</summary>
internal sealed record StoredMessage(Guid Id, string Type, string Key, DateTimeOffset SentAt, string Body);
