using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Orders.Hosting.Json;

namespace Orders.Hosting;

/// <summary>Reads request bodies, strictly, whatever options the type's context was generated with.</summary>
public static class JsonBody
{
    public const int MaxBytes = 256 * 1024;

    private static readonly ConditionalWeakTable<JsonTypeInfo, JsonTypeInfo> Strict = [];

    /// <exception cref="ProblemException">413 over 256 KiB, 415 for another content type, 400 with JSON pointers for the rest.</exception>
    public static Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class => ReadAsync(context, type, required: true)!;

    /// <summary>As <see cref="ReadAsync{T}(HttpContext, JsonTypeInfo{T})"/>, and null where there is no body at all.</summary>
    public static Task<T?> ReadOptionalAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class => ReadAsync(context, type, required: false);

    private static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, bool required)
        where T : class
    {
        var request = context.Request;
        if (request.ContentLength > MaxBytes)
        {
            throw TooLarge();
        }

        if (request.ContentType is not null || required)
        {
            CheckContentType(request.ContentType);
        }

        if (request.Headers.ContentEncoding.Any(coding => !string.Equals(coding, "identity", StringComparison.OrdinalIgnoreCase)))
        {
            throw new ProblemException(415, "unsupported-media-type", "Compressed bodies are not read. Send the JSON without Content-Encoding.");
        }

        var read = await request.BodyReader.ReadAtLeastAsync(MaxBytes + 1, context.RequestAborted);
        try
        {
            return read.Buffer.Length switch
            {
                > MaxBytes => throw TooLarge(),
                0 when !required => null,
                0 => throw ProblemException.Invalid("", "is empty. Send a JSON object."),
                _ => request.ContentType is null ? throw Unsupported() : Parse(read.Buffer, type),
            };
        }
        finally
        {
            request.BodyReader.AdvanceTo(read.Buffer.End);
        }
    }

    internal static T Parse<T>(ReadOnlySequence<byte> utf8, JsonTypeInfo<T> type)
        where T : class
    {
        var strict = (JsonTypeInfo<T>)Strict.GetValue(type, MakeStrict);
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = StrictJson.MaxDepth });
            var value = JsonSerializer.Deserialize(ref reader, strict)
                ?? throw ProblemException.Invalid("", "is null. Send a JSON object.");
            return reader.Read() ? throw ProblemException.Invalid("", "has something after the JSON value.") : value;
        }
        catch (JsonException malformed)
        {
            throw JsonFault.Explain(malformed);
        }
    }

    private static JsonTypeInfo MakeStrict(JsonTypeInfo type)
    {
        var options = new JsonSerializerOptions(type.Options);
        StrictJson.Configure(options);
        return options.GetTypeInfo(type.Type);
    }

    private static void CheckContentType(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)
            || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                && !type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)))
        {
            throw Unsupported();
        }
    }

    private static ProblemException Unsupported() =>
        new(415, "unsupported-media-type", "Send JSON in UTF-8 with the header Content-Type: application/json.");

    private static ProblemException TooLarge() =>
        new(413, "body-too-large", $"The body is larger than {MaxBytes / 1024} KiB.");
}
