using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orders.Bus.Engine;

/// <summary>Masks the text in personal members. What is masked keeps its shape: it can still be read and replayed. Pure.</summary>
internal static class PersonalMask
{
    /// <returns>The JSON without it; null where there is nothing to mask. What is no JSON is masked as a whole.</returns>
    public static string? Apply(string json, IReadOnlyCollection<PersonalMember> members)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(json);
        }
        catch (JsonException)
        {
            return $"\"{Erasure.Masked}\"";
        }

        return Apply(root, members) ? root!.ToJsonString() : null;
    }

    /// <returns>Whether anything was masked.</returns>
    public static bool Apply(JsonNode? root, IReadOnlyCollection<PersonalMember> members) =>
        members.Aggregate(false, (any, member) => At(root, member.Path.Split('.'), member.Keep) | any);

    private static bool At(JsonNode? node, ReadOnlySpan<string> path, IReadOnlyList<string> keep)
    {
        switch (node)
        {
            case JsonArray list:
                var any = false;
                foreach (var item in list)
                {
                    any |= At(item, path, keep);
                }

                return any;
            case JsonObject holder when path is [var name, .. var rest] && holder.TryGetPropertyValue(name, out var value):
                return rest.IsEmpty ? Text(value, keep) : At(value, rest, keep);
            default:
                return false;
        }
    }

    private static bool Text(JsonNode? node, IReadOnlyList<string> keep)
    {
        switch (node)
        {
            case JsonObject holder:
                return holder.ToList().Aggregate(false, (any, member) => Text(member.Value, keep) | any);
            case JsonArray list:
                return list.ToList().Aggregate(false, (any, item) => Text(item, keep) | any);
            case JsonValue value when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is var text && text != Erasure.Masked && !keep.Contains(text):
                value.ReplaceWith(Erasure.Masked);
                return true;
            default:
                return false;
        }
    }
}
