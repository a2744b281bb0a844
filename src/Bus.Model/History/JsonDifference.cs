using System.Text.Json;

namespace Orders.Bus.History;

/// <summary>
/// Where two JSON values differ. The order of members is none; and a member that only one side has is none where it is empty
/// there (null, false, 0, "", [] or {}): an optional member that was added or taken away changes nothing until it is used.
/// </summary>
internal static class JsonDifference
{
    /// <param name="recorded">One side.</param>
    /// <param name="replayed">The other.</param>
    /// <param name="path">Where both stand: <c>state.progress</c>.</param>
    /// <param name="isIgnored">True for paths that may differ.</param>
    public static IEnumerable<Difference> Between(JsonElement recorded, JsonElement replayed, string path, Func<string, bool> isIgnored)
    {
        if (isIgnored(path))
        {
            return [];
        }

        return (recorded.ValueKind, replayed.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) => Members(recorded, replayed, path, isIgnored),
            (JsonValueKind.Array, JsonValueKind.Array) when recorded.GetArrayLength() == replayed.GetArrayLength() =>
                recorded.EnumerateArray().Zip(replayed.EnumerateArray()).SelectMany((pair, n) => Between(pair.First, pair.Second, $"{path}[{n}]", isIgnored)),
            _ => JsonElement.DeepEquals(recorded, replayed) ? [] : [new(path, recorded.GetRawText(), replayed.GetRawText())],
        };
    }

    private static IEnumerable<Difference> Members(JsonElement recorded, JsonElement replayed, string path, Func<string, bool> isIgnored)
    {
        foreach (var member in recorded.EnumerateObject())
        {
            var at = $"{path}.{member.Name}";
            if (replayed.TryGetProperty(member.Name, out var other))
            {
                foreach (var difference in Between(member.Value, other, at, isIgnored))
                {
                    yield return difference;
                }
            }
            else if (!IsEmpty(member.Value) && !isIgnored(at))
            {
                yield return new(at, member.Value.GetRawText(), null);
            }
        }

        foreach (var member in replayed.EnumerateObject().Where(member => !recorded.TryGetProperty(member.Name, out _)))
        {
            var at = $"{path}.{member.Name}";
            if (!IsEmpty(member.Value) && !isIgnored(at))
            {
                yield return new(at, null, member.Value.GetRawText());
            }
        }
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.Number => value.TryGetDecimal(out var number) && number == 0,
        JsonValueKind.String => value.ValueEquals(""),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };
}

/// <summary>One difference; null where a side has nothing.</summary>
/// <param name="Path">Where: <c>state.progress.state</c>, <c>sent[0].body.amount</c>.</param>
public sealed record Difference(string Path, string? Recorded, string? Replayed)
{
    public override string ToString() => $"{Path}{Environment.NewLine}    recorded: {Recorded ?? "(nothing)"}{Environment.NewLine}    replayed: {Replayed ?? "(nothing)"}";
}
