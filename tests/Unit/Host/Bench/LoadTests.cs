using System.Text;
using Orders.Host.Bench;

namespace Orders.Tests.Unit.Host.Bench;

public sealed class LoadTests
{
    [Fact]
    public void A_request_is_whole_and_its_length_is_right_whatever_its_numbers()
    {
        var text = Encoding.ASCII.GetString(LoadRequest.Bytes("run", 31, 1_234_567, 0, 999));

        var (head, body) = (text[..text.IndexOf("\r\n\r\n", StringComparison.Ordinal)], text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.Contains($"Content-Length: {body.Length}", head.Split("\r\n"));
        using var json = System.Text.Json.JsonDocument.Parse(body);
        Assert.Equal(["bench-0000", "bench-0999"], json.RootElement.GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("sku").GetString()));
    }

    [Theory]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{}", true)]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n{", false)]
    [InlineData("HTTP/1.1 202 Accepted\r\nContent-Le", false)]
    [InlineData("HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", false)]
    [InlineData("HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", true)]
    public void An_answer_is_read_to_its_end(string answer, bool whole) =>
        Assert.Equal(whole, LoadConnection.IsWhole(Encoding.ASCII.GetBytes(answer)));

    [Fact]
    public void The_status_is_read_from_the_first_line() =>
        Assert.Equal(503, LoadConnection.Status("HTTP/1.1 503 Service Unavailable\r\n"u8));

    [Fact]
    public void Percentiles_are_by_nearest_rank()
    {
        var times = Enumerable.Range(1, 200).Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(new Percentiles(100, 198, 200), Percentiles.Of(times));
    }
}
