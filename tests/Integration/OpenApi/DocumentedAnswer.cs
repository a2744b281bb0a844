using System.Text.Json.Nodes;

namespace Orders.Tests.Integration.OpenApi;

/// <summary>An answer, held against what the document says of its operation.</summary>
/// <param name="Faults">Where the two differ; none where they agree.</param>
public sealed record DocumentedAnswer(int Status, JsonNode? Body, string? ETag, IReadOnlyList<string> Faults)
{
    /// <summary>Headers that a client may rely on: each must stand in the document where it is sent.</summary>
    private static readonly string[] Told = ["Location", "ETag", "Idempotency-Replayed", "Retry-After", "WWW-Authenticate"];

    internal static async Task<DocumentedAnswer> OfAsync(HttpResponseMessage answer, string method, string path, JsonObject document)
    {
        var text = await answer.Content.ReadAsStringAsync();
        var type = answer.Content.Headers.ContentType?.MediaType;
        var body = type?.EndsWith("json", StringComparison.Ordinal) is true ? JsonNode.Parse(text) : JsonValue.Create(text);
        var faults = new List<string>();
        var status = (int)answer.StatusCode;
        if (OperationOf(document, method, path)?["responses"]?[status.ToString()] is not JsonObject response)
        {
            faults.Add($"{method} {path} answered {status}, which is not documented: {text}");
        }
        else
        {
            faults.AddRange(Told.Where(header => answer.Headers.Contains(header) && response["headers"]?[header] is null)
                .Select(header => $"{method} {path} {status} sent {header}, which is not documented"));
            faults.AddRange(BodyFaults(response, type, text, body, document).Select(fault => $"{method} {path} {status}: {fault}"));
        }

        return new(status, body, answer.Headers.ETag?.ToString(), faults);
    }

    private static IEnumerable<string> BodyFaults(JsonObject response, string? type, string text, JsonNode? body, JsonObject document)
    {
        var content = response["content"]?.AsObject();
        if (content is null)
        {
            return text.Length == 0 ? [] : ["has a body, and none is documented"];
        }

        return content.FirstOrDefault(known => known.Key == type).Value?["schema"] is { } schema
            ? new SchemaCheck(document).Faults(body, schema)
            : [$"is {type ?? "empty"}, and {string.Join(", ", content.Select(known => known.Key))} is documented"];
    }

    private static JsonNode? OperationOf(JsonObject document, string method, string path)
    {
        var asked = path.Split('?')[0].Split('/');
        return document["paths"]!.AsObject()
            .Where(known => Fits(known.Key.Split('/'), asked))
            .OrderBy(known => known.Key.Count(letter => letter == '{'))
            .Select(known => known.Value![method.ToLowerInvariant()])
            .FirstOrDefault(operation => operation is not null);
    }

    private static bool Fits(string[] template, string[] asked) => template.Length == asked.Length
        && template.Zip(asked).All(parts => parts.First.StartsWith('{') || parts.First == parts.Second);
}
