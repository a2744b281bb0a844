using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Hosting;
using Orders.Webhooks.Partners.Sending;

namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>One attempt as partners read it in the log.</summary>
/// <param name="Number">1 for the first since it was last asked for.</param>
/// <param name="At">When it began.</param>
/// <param name="Url">Where it went.</param>
/// <param name="DurationMs">Until the answer's end, or until it was given up.</param>
/// <param name="Status">The HTTP status; null where there was no answer.</param>
/// <param name="Response">The first characters of the answer's body.</param>
/// <param name="Error">Why there was no answer.</param>
internal sealed record AttemptEntry(int Number, DateTimeOffset At, string Url, long DurationMs, int? Status, string? Response, string? Error)
{
    public static AttemptEntry Of(int number, Answer answer) =>
        new(number, answer.At, answer.Url, answer.DurationMs, answer.Status, answer.Response, answer.Error);
}

/// <summary>The log as it is stored.</summary>
[JsonSerializable(typeof(AttemptEntry))]
[JsonSerializable(typeof(IReadOnlyList<AttemptEntry>))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcTimeJsonConverter)])]
internal sealed partial class AttemptJson : JsonSerializerContext;
