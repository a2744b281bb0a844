using System.Text.Json.Nodes;

namespace Orders.Bus.Engine;

/// <summary>
/// Carries members that this process does not know through it: what a newer process wrote must not be lost because an older
/// one read it, changed it and wrote it again. Pure.
/// </summary>
internal static class UnknownMembers
{
    /// <param name="original">As it was read.</param>
    /// <param name="known">What this process would write of it, unchanged: what is missing here is unknown to it.</param>
    /// <param name="now">What it writes.</param>
    /// <returns><paramref name="now"/> with the unknown members of <paramref name="original"/> where they were.</returns>
    public static string Carry(string original, string known, string now)
    {
        if (string.Equals(original, known, StringComparison.Ordinal))
        {
            return now;
        }

        var carried = JsonNode.Parse(now)!;
        Carry(JsonNode.Parse(original), JsonNode.Parse(known), carried);
        return carried.ToJsonString();
    }

    private static void Carry(JsonNode? original, JsonNode? known, JsonNode? now)
    {
        switch (original, known, now)
        {
            case (JsonObject from, JsonObject read, JsonObject to):
                foreach (var (name, value) in from)
                {
                    if (to.TryGetPropertyValue(name, out var present))
                    {
                        Carry(value, read[name], present);
                    }
                    else if (!read.ContainsKey(name))
                    {
                        to[name] = value?.DeepClone();
                    }
                }

                break;
            case (JsonArray from, JsonArray read, JsonArray to):
                foreach (var (at, item) in Pairs(read, to))
                {
                    Carry(from[at], read[at], item);
                }

                break;
        }
    }

    /// <summary>Which item is which: those that are as they were, wherever they are; the others by their place.</summary>
    private static IEnumerable<(int At, JsonNode? Item)> Pairs(JsonArray read, JsonArray to)
    {
        var left = Enumerable.Range(0, read.Count).ToList();
        var changed = new List<int>();
        for (var place = 0; place < to.Count; place++)
        {
            var item = to[place];
            var at = left.FindIndex(candidate => JsonNode.DeepEquals(read[candidate], item));
            if (at < 0)
            {
                changed.Add(place);
                continue;
            }

            yield return (left[at], item);
            left.RemoveAt(at);
        }

        foreach (var place in changed.Where(left.Contains))
        {
            yield return (place, to[place]);
        }
    }
}
