using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Bus.Engine;

namespace Orders.Hosting.Operations;

internal sealed record DiscardRequest([property: StringLength(DiscardRequest.MaxReason, MinimumLength = 1)] string Reason)
{
    public const int MaxReason = 500;
}

/// <param name="Body">The whole message: an object, or a string that holds one, as <c>GET</c> shows it. Left out, the body stays.</param>
/// <param name="Headers">Headers to set, or to remove with null. Left out, they stay.</param>
internal sealed record EditRequest(JsonElement? Body = null, Dictionary<string, string?>? Headers = null);

/// <param name="Endpoint">Only what failed at this endpoint.</param>
/// <param name="Type">Only this type, by its wire name.</param>
/// <param name="PerSecond">How many a second.</param>
internal sealed record RetryAllRequest(
    string? Endpoint = null,
    string? Type = null,
    [property: Range(1, RetryRuns.MaxPerSecond)] int PerSecond = 10);

[JsonSerializable(typeof(List<QueueStatus>))]
[JsonSerializable(typeof(PageOf<FailedMessage>))]
[JsonSerializable(typeof(FailedMessage))]
[JsonSerializable(typeof(DiscardRequest))]
[JsonSerializable(typeof(EditRequest))]
[JsonSerializable(typeof(RetryAllRequest))]
[JsonSerializable(typeof(RetryRun))]
[JsonSerializable(typeof(PageOf<RetryRun>))]
[JsonSerializable(typeof(PageOf<AuditEntry>))]
internal sealed partial class OperationsJson : JsonSerializerContext
{
    public static OperationsJson Strict { get; } = new(StrictJson.NewOptions());
}
