using Orders.Bus.History;

namespace Orders.Bus.Testing.Replay;

/// <summary>Where what two steps said differs: what is missing, what is more, what is another; what both said in the same order is none.</summary>
internal static class SendDifference
{
    public static IEnumerable<Difference> Between(IReadOnlyList<RecordedSend> recorded, IReadOnlyList<RecordedSend> replayed, Func<string, bool> mayDiffer)
    {
        var common = Common([.. recorded.Select(Head)], [.. replayed.Select(Head)]);
        var (before, after) = (0, 0);
        foreach (var (i, j) in common.Append((recorded.Count, replayed.Count)))
        {
            for (; before < i || after < j; before += before < i ? 1 : 0, after += after < j ? 1 : 0)
            {
                var at = $"sent[{(before < i ? before : after)}]";
                if (!mayDiffer(at))
                {
                    yield return new(at, before < i ? Head(recorded[before]) : null, after < j ? Head(replayed[after]) : null);
                }
            }

            if (i < recorded.Count)
            {
                foreach (var difference in mayDiffer($"sent[{i}]") ? [] : JsonDifference.Between(recorded[i].Body, replayed[j].Body, $"sent[{i}].body", mayDiffer))
                {
                    yield return difference;
                }

                (before, after) = (i + 1, j + 1);
            }
        }
    }

    /// <summary>A longest common subsequence, as pairs of places.</summary>
    private static IEnumerable<(int Recorded, int Replayed)> Common(string[] recorded, string[] replayed)
    {
        var longest = new int[recorded.Length + 1, replayed.Length + 1];
        for (var i = recorded.Length - 1; i >= 0; i--)
        {
            for (var j = replayed.Length - 1; j >= 0; j--)
            {
                longest[i, j] = recorded[i] == replayed[j] ? 1 + longest[i + 1, j + 1] : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }

        for (int i = 0, j = 0; i < recorded.Length && j < replayed.Length;)
        {
            if (recorded[i] == replayed[j])
            {
                yield return (i++, j++);
            }
            else if (longest[i + 1, j] >= longest[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }
    }

    private static string Head(RecordedSend send) =>
        $"{send.Kind} {send.Type} v{send.Version}{(send.To is null ? "" : $" to {send.To}")}{(send.Delay is null ? "" : $" after {send.Delay}")}{(send.At is null ? "" : $" at {send.At:O}")}";
}
