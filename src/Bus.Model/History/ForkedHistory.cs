using System.Text.Json;

namespace Orders.Bus.History;

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
