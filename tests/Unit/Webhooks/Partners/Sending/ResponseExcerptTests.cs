using Orders.Webhooks.Partners.Sending;

namespace Orders.Tests.Unit.Webhooks.Partners.Sending;

public sealed class ResponseExcerptTests
{
    [Fact]
    public async Task Of_an_endless_answer_64_KiB_are_read_and_the_beginning_is_kept()
    {
        using var endless = new Endless();
        using var content = new StreamContent(endless);

        var excerpt = await ResponseExcerpt.ReadAsync(content, TestContext.Current.CancellationToken);

        Assert.Equal(ResponseExcerpt.MaxBytesRead, endless.Given);
        Assert.Equal(new string('a', ResponseExcerpt.MaxLength), excerpt);
    }

    [Fact]
    public void What_no_database_stores_is_replaced()
    {
        Assert.Equal("a\uFFFDb\uFFFD\uFFFDc\n\td", ResponseExcerpt.Of("a\0b\r\u001bc\n\td"));
        Assert.Equal("half \uFFFD of a pair", ResponseExcerpt.Of("half \ud83d of a pair"));
    }

    [Fact]
    public void A_long_text_is_cut() => Assert.Equal(ResponseExcerpt.MaxLength, ResponseExcerpt.Of(new string('x', 5000)).Length);

    private sealed class Endless : MemoryStream
    {
        public int Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)'a');
            Given += buffer.Length;
            return new(buffer.Length);
        }
    }
}
