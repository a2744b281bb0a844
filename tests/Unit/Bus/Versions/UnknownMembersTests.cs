using System.Text.Json.Nodes;
using Orders.Bus.Engine;

namespace Orders.Tests.Unit.Bus.Versions;

public sealed class UnknownMembersTests
{
    [Theory]
    // One that is not known here stays, whatever it holds; those that are known are as they were written now.
    [InlineData("""{"a":1,"new":null}""", """{"a":1}""", """{"a":2}""", """{"a":2,"new":null}""")]
    [InlineData("""{"a":{"b":1,"new":[1]}}""", """{"a":{"b":1}}""", """{"a":{"b":2}}""", """{"a":{"b":2,"new":[1]}}""")]
    // What this process knew and has removed stays removed.
    [InlineData("""{"a":1,"b":2,"new":3}""", """{"a":1,"b":2}""", """{"a":1}""", """{"a":1,"new":3}""")]
    [InlineData("""{"a":{"b":1,"new":2}}""", """{"a":{"b":1}}""", """{"a":null}""", """{"a":null}""")]
    // A null that is not written is known all the same once it has a value.
    [InlineData("""{"a":null,"b":1}""", """{"b":1}""", """{"a":5,"b":1}""", """{"a":5,"b":1}""")]
    // Items keep theirs, also when others come, go or change places.
    [InlineData("""[{"s":1,"new":1},{"s":2,"new":2}]""", """[{"s":1},{"s":2}]""", """[{"s":2},{"s":1}]""", """[{"s":2,"new":2},{"s":1,"new":1}]""")]
    [InlineData("""[{"s":1,"new":1},{"s":2,"new":2}]""", """[{"s":1},{"s":2}]""", """[{"s":2}]""", """[{"s":2,"new":2}]""")]
    [InlineData("""[{"s":1,"new":1}]""", """[{"s":1}]""", """[{"s":0},{"s":1}]""", """[{"s":0},{"s":1,"new":1}]""")]
    [InlineData("""[{"s":1,"q":1,"new":1}]""", """[{"s":1,"q":1}]""", """[{"s":1,"q":2}]""", """[{"s":1,"q":2,"new":1}]""")]
    public void They_are_carried_to_where_they_were(string original, string known, string now, string expected)
    {
        var carried = UnknownMembers.Carry(original, known, now);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(carried)), carried);
    }

    [Fact]
    public void Where_there_are_none_the_text_is_left_as_it_is() => Assert.Equal("{ \"a\" : 2 }", UnknownMembers.Carry("""{"a":1}""", """{"a":1}""", "{ \"a\" : 2 }"));
}
