using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orders.Bus.History;

/// <summary>
/// One step of a saga as it was recorded, and one line of an exported history (JSON Lines, UTF-8). Format 1; docs/replay.md
/// describes it. Readers pass over members that they do not know.
/// </summary>
public sealed record HistoryStep
{
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>The saga's name.</summary>
    public required string Saga { get; init; }

    public required Guid SagaId { get; init; }

    /// <summary>Counts a saga's steps from 1, in the order in which they were committed.</summary>
    public required int Step { get; init; }

    /// <summary>What the saga's clock said all through the step.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The message was a timeout of the saga's own.</summary>
    public bool Timeout { get; init; }

    /// <summary>The saga had ended: the message did nothing. A fork from before that end runs it.</summary>
    public bool Swallowed { get; init; }

    public required RecordedMessage Message { get; init; }

    /// <summary>The saga's data after the step.</summary>
    public required JsonElement State { get; init; }

    /// <summary>The saga ended with this step.</summary>
    public bool Completed { get; init; }

    /// <summary>What it said, in order.</summary>
    public IReadOnlyList<RecordedSend> Sent { get; init; } = [];
}

/// <summary>The message of a step.</summary>
/// <param name="Type">Its wire name.</param>
/// <param name="Headers">All of them.</param>
public sealed record RecordedMessage(Guid Id, string Type, int Version, IReadOnlyDictionary<string, string> Headers, JsonElement Body);

/// <summary>A message that a step said.</summary>
/// <param name="Kind">One of <see cref="SendKinds"/>.</param>
/// <param name="Type">Its wire name.</param>
/// <param name="To">The destination, where the saga named one: an endpoint, or <c>this</c> for its own. Else the message's owner, or all who listen.</param>
/// <param name="Delay">Delivered no sooner than so long after the commit.</param>
/// <param name="At">Delivered no sooner than then.</param>
public sealed record RecordedSend(
    string Kind, string Type, int Version, JsonElement Body, string? To = null, TimeSpan? Delay = null, DateTimeOffset? At = null);

/// <summary>How a message was said.</summary>
public static class SendKinds
{
    public const string Send = "send";
    public const string Publish = "publish";
    public const string Reply = "reply";
    public const string Timeout = "timeout";

    /// <summary>The destination that stands for the endpoint itself.</summary>
    public const string This = "this";
}

/// <summary>The JSON of a line.</summary>
[JsonSerializable(typeof(HistoryStep))]
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
public sealed partial class HistoryJson : JsonSerializerContext;
