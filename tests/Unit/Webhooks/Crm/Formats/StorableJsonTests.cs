using System.Text.Json;
using Orders.Webhooks.Crm.Formats;

namespace Orders.Tests.Unit.Webhooks.Crm.Formats;

public sealed class StorableJsonTests
{
    [Theory]
    [InlineData(@"""a\u0000b""", "a\uFFFDb")]
    [InlineData(@"""\ud800""", "\uFFFD")]
    [InlineData(@"""\uDC00x""", "\uFFFDx")]
    [InlineData(@"""\ud800\ud83d\ude00""", "\uFFFD\U0001F600")]
    [InlineData(@"""\ud83d\ude00\\ud800\\u0000\n""", "\U0001F600\\ud800\\u0000\n")]
    public void What_cannot_be_stored_is_replaced_and_nothing_else(string json, string text) =>
        Assert.Equal(text, JsonSerializer.Deserialize<string>(StorableJson.Of(json)));
}
