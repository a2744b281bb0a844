using System.Text.Json.Serialization;
using Orders.Bus.Composition;

namespace Orders.Tests.Unit.Bus.Erasing;

internal sealed record Person([property: Personal] string? Name, int Age, IReadOnlyList<Person>? Friends, IReadOnlyList<Note>? Notes);

internal sealed record Note([property: Personal(Keep = ["none"], MayMentionAnybody = true)] string Text, string Kind);

[JsonSerializable(typeof(Person))]
internal sealed partial class PersonJson : JsonSerializerContext;
