using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Orders.Hosting;

/// <summary>Answers of <c>application/problem+json</c>.</summary>
public static class Problems
{
    public const string ContentType = "application/problem+json";
    public const string TypePrefix = "urn:orders:problem:";

    public static IResult Of(
        int status, string slug, string detail, IReadOnlyDictionary<string, string[]>? errors = null, TimeSpan? retryAfter = null,
        ProblemMember? member = null) => new ProblemResult(status, slug, detail, errors, retryAfter, member);

    // The answer is JSON by its content type and never part of a page: angle brackets and quotes stay readable.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static async Task WriteAsync(
        HttpContext context, int status, string slug, string detail,
        IReadOnlyDictionary<string, string[]>? errors, TimeSpan? retryAfter, ProblemMember? member = null)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        if (retryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        await using var json = new Utf8JsonWriter(response.BodyWriter, Readable);
        json.WriteStartObject();
        json.WriteString("type", TypePrefix + slug);
        json.WriteString("title", Title(status));
        json.WriteNumber("status", status);
        json.WriteString("detail", detail);
        json.WriteString("traceId", Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier);
        WriteErrors(json, errors);
        if (member is not null)
        {
            json.WritePropertyName(member.Name);
            JsonSerializer.Serialize(json, member.Value, member.Type);
        }

        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private static void WriteErrors(Utf8JsonWriter json, IReadOnlyDictionary<string, string[]>? errors)
    {
        if (errors is null)
        {
            return;
        }

        json.WriteStartObject("errors");
        foreach (var (pointer, messages) in errors)
        {
            json.WriteStartArray(pointer);
            foreach (var message in messages)
            {
                json.WriteStringValue(message);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static string Title(int status) =>
        ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : "Error";

    private sealed class ProblemResult(
        int status, string slug, string detail, IReadOnlyDictionary<string, string[]>? errors, TimeSpan? retryAfter, ProblemMember? member) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) =>
            WriteAsync(httpContext, status, slug, detail, errors, retryAfter, member);
    }
}

/// <summary>A member that a problem has beside those of RFC 9457 (section 3.2), for programs.</summary>
public sealed record ProblemMember(string Name, object Value, JsonTypeInfo Type);
