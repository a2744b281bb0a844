using System.Buffers;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Orders.Contracts;
using Orders.Hosting;

namespace Orders.Tests.Unit.Hosting;

public sealed class JsonBodyTests
{
    private const string Good = """{"name":"a","lines":[{"sku":"x","quantity":1}],"price":{"amount":"1.00","currency":"USD"}}""";

    [Fact]
    public void A_body_that_fits_is_read()
    {
        var body = Parse(Good);

        Assert.Equal(new Line("x", 1), Assert.Single(body.Lines));
    }

    [Theory]
    [InlineData("""{"name":"a","lines":[],"extra":1}""", "/extra")]
    [InlineData("""{"name":"a","lines":[{"sku":"x","quantity":1,"extra":1}]}""", "/lines/0/extra")]
    [InlineData("""{"name":"a","Lines":[]}""", "/Lines")]
    [InlineData("""{"name":"a","lines":[{"sku":"x","quantity":"1"}]}""", "/lines/0/quantity")]
    [InlineData("""{"name":"a","lines":[{"sku":"x","quantity":1.5}]}""", "/lines/0/quantity")]
    [InlineData("""{"name":"a","lines":[{"sku":"x","quantity":99999999999}]}""", "/lines/0/quantity")]
    [InlineData("""{"name":"a","lines":[{"sku":7,"quantity":1}]}""", "/lines/0/sku")]
    [InlineData("""{"name":null,"lines":[]}""", "/name")]
    [InlineData("""{"name":"a"}""", "/lines")]
    [InlineData("""{"name":"a","lines":[{"sku":"x"}]}""", "/lines/0/quantity")]
    [InlineData("""{"name":"a","lines":[],"price":{"amount":"1.0","currency":"USD"}}""", "/price")]
    [InlineData("""{"name":"a","lines":[],"price":{"amount":1.00,"currency":"USD"}}""", "/price")]
    public void What_does_not_fit_is_named_by_its_pointer(string json, string at)
    {
        var problem = Assert.Throws<ProblemException>(() => Parse(json));

        Assert.Equal(400, problem.Status);
        Assert.Equal(at, Assert.Single(problem.Errors!).Key);
    }

    [Theory]
    [InlineData("""{"name":"a","name":"b","lines":[]}""")]
    [InlineData("""{"name":"a","lines":[],}""")]
    [InlineData("""{"name":"a",/* no */"lines":[]}""")]
    [InlineData("""{"name":"a","lines":[]} {}""")]
    [InlineData("""{"name":"a","lines":[]""")]
    [InlineData("{'name':'a','lines':[]}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("NaN")]
    [InlineData("\"text\"")]
    public void What_is_not_one_strict_JSON_object_is_refused(string json) =>
        Assert.Equal(400, Assert.Throws<ProblemException>(() => Parse(json)).Status);

    [Fact]
    public void Nesting_past_32_levels_is_refused()
    {
        var deep = """{"name":"a","lines":""" + new string('[', 40) + new string(']', 40) + "}";

        Assert.Equal(400, Assert.Throws<ProblemException>(() => Parse(deep)).Status);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused()
    {
        byte[] bytes = [.. "{\"name\":\""u8, 0xC3, 0x28, .. "\",\"lines\":[]}"u8];

        Assert.Equal(400, Assert.Throws<ProblemException>(() => JsonBody.Parse(new ReadOnlySequence<byte>(bytes), BodyJson.Default.Body)).Status);
    }

    [Fact]
    public void A_complaint_names_no_type_of_ours()
    {
        var problem = Assert.Throws<ProblemException>(() => Parse("""{"name":"a","lines":[],"extra":1}"""));

        Assert.DoesNotContain("Orders.", problem.Message + string.Concat(problem.Errors!.Values.SelectMany(texts => texts)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Another_content_type_answers_415(string? contentType)
    {
        var problem = await Assert.ThrowsAsync<ProblemException>(() => ReadAsync(Good, contentType));

        Assert.Equal(415, problem.Status);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=UTF-8")]
    public async Task JSON_in_UTF_8_is_taken(string contentType) => Assert.Equal("a", (await ReadAsync(Good, contentType)).Name);

    [Fact]
    public async Task A_body_over_256_KiB_answers_413_with_or_without_its_length_said()
    {
        var large = """{"name":"a","lines":[],"pad":""" + "\"" + new string('x', 256 * 1024) + "\"}";

        Assert.Equal(413, (await Assert.ThrowsAsync<ProblemException>(() => ReadAsync(large, "application/json"))).Status);
        Assert.Equal(413, (await Assert.ThrowsAsync<ProblemException>(() => ReadAsync(large, "application/json", large.Length))).Status);
    }

    private static Body Parse(string json) =>
        JsonBody.Parse(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json)), BodyJson.Default.Body);

    private static Task<Body> ReadAsync(string json, string? contentType, long? length = null)
    {
        var context = new DefaultHttpContext();
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(json));
        context.Request.ContentType = contentType;
        context.Request.ContentLength = length;
        return JsonBody.ReadAsync(context, BodyJson.Default.Body);
    }
}

internal sealed record Body(string Name, IReadOnlyList<Line> Lines, Money? Price = null);

internal sealed record Line(string Sku, int Quantity);

// Generated without any of the rules: the reader applies them itself.
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Body))]
internal sealed partial class BodyJson : JsonSerializerContext;
