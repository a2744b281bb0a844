using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Orders.Bus.Composition;

namespace Orders.Bus.Engine;

/// <summary>A member of JSON that says something of a person.</summary>
/// <param name="Path">Names of members, from the outermost, separated by dots; through lists.</param>
/// <param name="Keep">Values that say nothing of anybody.</param>
/// <param name="IsForeign">It is what others wrote, whoever it is about.</param>
internal sealed record PersonalMember(string Path, IReadOnlyList<string> Keep, bool IsForeign)
{
    /// <summary>All of a type, by its own attributes and those of the types that it holds.</summary>
    public static IEnumerable<PersonalMember> Of(JsonTypeInfo type) => Of(type, "", []);

    /// <param name="type">Whose.</param>
    /// <param name="at">The path that leads there.</param>
    /// <param name="within">The types that it is held by: a type that holds itself is looked at once.</param>
    private static IEnumerable<PersonalMember> Of(JsonTypeInfo type, string at, ImmutableHashSet<Type> within) => type switch
    {
        { ElementType: { } element } => Of(type.Options.GetTypeInfo(element), at, within),
        _ when within.Contains(type.Type) => [],
        _ => type.Properties.SelectMany(property => Of(type, property, at + property.Name, within.Add(type.Type))),
    };

    private static IEnumerable<PersonalMember> Of(JsonTypeInfo holder, JsonPropertyInfo property, string path, ImmutableHashSet<Type> within) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(PersonalAttribute), inherit: true) is [PersonalAttribute mark, ..]
            ? [new(path, mark.Keep, mark.MayMentionAnybody)]
            : Of(holder.Options.GetTypeInfo(property.PropertyType), path + ".", within);
}
