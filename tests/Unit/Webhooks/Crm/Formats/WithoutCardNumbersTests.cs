using Orders.Webhooks.Crm.Formats;

namespace Orders.Tests.Unit.Webhooks.Crm.Formats;

public sealed class WithoutCardNumbersTests
{
    private const string Gone = "[looked like a card number]";

    [Theory]
    [InlineData("""{"a":"4111 1111 1111 1111"}""", "{\"a\":\"" + Gone + "\"}")]
    [InlineData("""{"a":["\u00341111111 11111111",{"é":4111111111111111}],"b":1}""", "{\"a\":[\"" + Gone + "\",{\"é\":\"" + Gone + "\"}],\"b\":1}")]
    [InlineData("""{"4111111111111111":null,"c":"\ud800"}""", "{\"" + Gone + "\":null,\"c\":\"\uFFFD\"}")]
    public void It_is_taken_out_of_JSON(string text, string kept) => Assert.Equal(kept, WithoutCardNumbers.InJson(text));

    [Theory]
    [InlineData("<a><b>4111-1111-1111-1111</b><c>1</c></a>", "<a><b>" + Gone + "</b><c>1</c></a>")]
    [InlineData("<a>4111 1111 <b/><![CDATA[1111 1111]]></a>", "<a>" + Gone + "<b /></a>")]
    [InlineData("<a b=\"4111111111111111\"><!--4111111111111111--></a>", "<a b=\"" + Gone + "\" />")]
    public void It_is_taken_out_of_XML(string text, string kept) => Assert.Equal(kept, WithoutCardNumbers.InXml(text));

    [Theory]
    [InlineData("""{ "mobilePhone" : "4111111111111111", "version":4111111111111111, "x":"\u00e9\ud800", "y":1.50 }""")]
    [InlineData("""{"commitNumber":4111111111111111,"b":[true,null,"4111 1111 1111 1112"]}""")]
    public void JSON_without_any_stays_to_the_letter(string text) => Assert.Equal(text, WithoutCardNumbers.InJson(text));

    [Fact]
    public void XML_without_any_stays_to_the_letter()
    {
        const string Text = "<a xmlns:p='4111111111111111'> <Phone>4111111111111111</Phone><!-- c --><b c='1'/></a>";

        Assert.Equal(Text, WithoutCardNumbers.InXml(Text));
    }
}
