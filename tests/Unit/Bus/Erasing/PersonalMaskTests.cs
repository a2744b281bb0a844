using Orders.Bus.Engine;

namespace Orders.Tests.Unit.Bus.Erasing;

public sealed class PersonalMaskTests
{
    private static readonly PersonalMember[] Members = [new("name", ["none"], false), new("list.text", [], false), new("whole", [], false)];

    [Theory]
    [InlineData("""{"name":"Ann","age":7}""", """{"name":"***","age":7}""")]
    [InlineData("""{"list":[{"text":"a","kind":"b"},{"text":"c"}]}""", """{"list":[{"text":"***","kind":"b"},{"text":"***"}]}""")]
    [InlineData("""{"whole":{"a":"x","b":["y",1,null,true],"c":{"d":"z"}}}""", """{"whole":{"a":"***","b":["***",1,null,true],"c":{"d":"***"}}}""")]
    [InlineData("""[{"name":"Ann"},null]""", """[{"name":"***"},null]""")]
    [InlineData("""{"name":"Ann","unknown":{"name":"Ben"},"amount":1.10}""", """{"name":"***","unknown":{"name":"Ben"},"amount":1.10}""")]
    [InlineData("no json", "\"***\"")]
    public void Text_in_personal_members_is_masked_and_everything_else_stays(string before, string after) => Assert.Equal(after, PersonalMask.Apply(before, Members));

    [Theory]
    [InlineData("""{"name":null}""")]
    [InlineData("""{"name":"none"}""")]
    [InlineData("""{"name":"***","list":[],"whole":{}}""")]
    [InlineData("""{"age":7,"list":"a"}""")]
    [InlineData("null")]
    public void Where_there_is_nothing_to_mask_nothing_changes(string json) => Assert.Null(PersonalMask.Apply(json, Members));
}
