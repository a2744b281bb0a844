using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Orders.Bus.Composition;

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

    /// <summary>Neither a fork nor swallowed, and not within what another fork has run again; where that began, one may begin anew.</summary>
    public static bool MayBeForkedFrom(this IReadOnlyList<HistoryStep> history, HistoryStep step) =>
        step.Fork() is null && !step.Swallowed && !history.Any(later => later.Step > step.Step && later.Fork() is { } fork && fork.From < step.Step);

    /// <summary>The last step before the given one that holds; null where there is none.</summary>
    public static HistoryStep? LastBefore(this IReadOnlyList<HistoryStep> history, int step) =>
        history.Standing().LastOrDefault(earlier => earlier.Step < step);

    /// <summary>The steps that hold, in order: those that did something and that no later fork has run again.</summary>
    public static IReadOnlyList<HistoryStep> Standing(this IReadOnlyList<HistoryStep> history)
    {
        var (standing, from) = (new List<HistoryStep>(history.Count), int.MaxValue);
        foreach (var step in history.Reverse())
        {
            if (step.Step < from && !step.Swallowed)
            {
                standing.Add(step);
                from = step.Fork()?.From ?? from;
            }
        }

        standing.Reverse();
        return standing;
    }

    public static IEnumerable<SaidSend> Said(this HistoryStep step) => step.Sent.Select(send => new SaidSend(step.Step, step.At, send));

    /// <summary>Timeouts that had not come when the saga ended: the end took them with it. A saga that goes on needs them again.</summary>
    public static IReadOnlyList<SaidSend> LostTimeouts(this IEnumerable<HistoryStep> history)
    {
        var (waiting, lost) = (new List<SaidSend>(), new List<SaidSend>());
        foreach (var step in history)
        {
            var waits = step.Swallowed ? lost : waiting;
            if (step.Timeout && waits.FindIndex(one => one.IsOf(step.Message)) is >= 0 and var come)
            {
                waits.RemoveAt(come);
            }

            waiting.AddRange(step.Said().Where(one => one.Send.Kind == SendKinds.Timeout));
            if (step.Completed)
            {
                lost.AddRange(waiting);
                waiting.Clear();
            }
        }

        return lost;
    }

    /// <summary>What is in the first and not in the second, each counted as often as it occurs, whichever step said it.</summary>
    public static IReadOnlyList<T> Without<T>(this IEnumerable<T> said, Func<T, SaidSend> of, IEnumerable<SaidSend> others)
    {
        var left = others.ToList();
        return
        [
            .. said.Where(one =>
            {
                var same = left.FindIndex(of(one).IsSame);
                if (same >= 0)
                {
                    left.RemoveAt(same);
                }

                return same < 0;
            }),
        ];
    }
}

/// <summary>What an older version said, as the present one would have.</summary>
internal static class Lifting
{
    public static RecordedSend LiftedBy(this RecordedSend send, MessageContract? contract) => contract is null || send.Version >= contract.Version
        ? send
        : send with { Version = contract.Version, Body = JsonElement.Parse(contract.Lift(send.Version, JsonObject.Create(send.Body)!).ToJsonString()) };
}

/// <summary>What a step said, and when.</summary>
/// <param name="Step">The step's number.</param>
/// <param name="At">What the saga's clock said.</param>
public sealed record SaidSend(int Step, DateTimeOffset At, RecordedSend Send)
{
    /// <summary>With the time for which it waits, not how long: what a fork sends waits from its step on, not from the fork.</summary>
    public RecordedSend OnTime => Send.Delay is { } delay ? Send with { Delay = null, At = At + delay } : Send;

    internal bool IsOf(RecordedMessage message) => Send.Type == message.Type && JsonElement.DeepEquals(Send.Body, message.Body);

    /// <summary>To the same one, of the same content, for the same time or after the same delay. An optional member that is empty is none, as in a replay.</summary>
    internal bool IsSame(SaidSend other) =>
        (Heading(Send) == Heading(other.Send) || Heading(OnTime) == Heading(other.OnTime))
        && !JsonDifference.Between(Send.Body, other.Send.Body, "", _ => false).Any();

    private static RecordedSend Heading(RecordedSend send) => send with { Body = default };
}

/// <summary>The JSON of a fork's message.</summary>
[JsonSerializable(typeof(ForkNote))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
public sealed partial class ForkJson : JsonSerializerContext;
