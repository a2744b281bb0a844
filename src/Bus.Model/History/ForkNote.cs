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

/// <summary>What holds of a history that has forks.</summary>
public static class ForkedHistory
{
    /// <summary>What the step says of itself where it is a fork; else null.</summary>
    public static ForkNote? Fork(this HistoryStep step) =>
        step.Message.Type == ForkNote.MessageType ? step.Message.Body.Deserialize(ForkJson.Default.ForkNote) : null;

    /// <summary>True where a later fork ran the step again: it holds no more.</summary>
    public static bool IsSuperseded(this IReadOnlyList<HistoryStep> history, HistoryStep step) =>
        history.Any(later => later.Step > step.Step && later.Fork() is { } fork && fork.From <= step.Step);

    /// <summary>Not a fork, and not within what another one has run again; where that began, one may begin anew.</summary>
    public static bool MayBeForkedFrom(this IReadOnlyList<HistoryStep> history, HistoryStep step) =>
        step.Fork() is null && !history.Any(later => later.Step > step.Step && later.Fork() is { } fork && fork.From < step.Step);

    /// <summary>The last step before the given one that holds; null where there is none.</summary>
    public static HistoryStep? LastBefore(this IReadOnlyList<HistoryStep> history, int step) =>
        history.LastOrDefault(earlier => earlier.Step < step && !history.IsSuperseded(earlier));

    /// <summary>What is in the first and not in the second, each counted as often as it occurs, whichever step said it.</summary>
    public static IReadOnlyList<T> Without<T>(this IReadOnlyList<T> said, Func<T, RecordedSend> of, IEnumerable<RecordedSend> others)
    {
        var left = others.ToList();
        return
        [
            .. said.Where(one =>
            {
                var same = left.FindIndex(other => AreSame(of(one), other));
                if (same >= 0)
                {
                    left.RemoveAt(same);
                }

                return same < 0;
            }),
        ];
    }

    private static bool AreSame(RecordedSend one, RecordedSend other) =>
        one with { Body = default } == other with { Body = default } && JsonElement.DeepEquals(one.Body, other.Body);
}

/// <summary>The JSON of a fork's message.</summary>
[JsonSerializable(typeof(ForkNote))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
public sealed partial class ForkJson : JsonSerializerContext;
