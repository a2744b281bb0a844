using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orders.Bus.History;

/// <summary>
/// Says of a step that it is a fork: the steps from <see cref="From"/> up to it were run again on newer code, and what came of
/// that holds instead of them. Its step's state is the state after it; what it sent is what they had not.
/// </summary>
/// <param name="From">The first step that was run again.</param>
/// <param name="By">The operator.</param>
/// <param name="Reason">Why, in the operator's words.</param>
/// <param name="Plan">The fingerprint of the dry run that was agreed to.</param>
public sealed record ForkNote(int From, string By, string Reason, string Plan)
{
    /// <summary>The wire name that the message of such a step has.</summary>
    public const string MessageType = "bus.saga-forked";
}

/// <summary>The JSON of a fork's message.</summary>
[JsonSerializable(typeof(ForkNote))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
public sealed partial class ForkJson : JsonSerializerContext;
