using Orders.Tests.EndToEnd.Running;
using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.EndToEnd.Histories;

/// <summary><c>./run history …</c> against a host that serves.</summary>
[Collection(OnSharedHost.Name)]
public sealed class HistoryCommandTests(SharedHost host) : IDisposable
{
    private const string Sku = "remembered";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("orders-histories-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_exported_replays_masked_or_not_and_what_was_changed_does_not()
    {
        await host.Shop.StockAsync(Sku, 10, Token);
        var order = await host.Shop.BuyAsync(Sku, "tok_ok", Token);
        await host.Shop.EndsOfAsync(Sku, [order], Token);
        var (plain, masked, changed) = (File("plain.jsonl"), File("masked.jsonl"), File("changed.jsonl"));

        await HistoryAsync(0, "export", order, "--out", plain, "--url", host.Url);
        await HistoryAsync(0, "export", order, "--mask", "--out", masked, "--url", host.Url);
        Assert.Contains("2 histories", (await HistoryAsync(0, "replay", folder.FullName)).Out, StringComparison.Ordinal);

        var told = await System.IO.File.ReadAllTextAsync(plain, Token);
        Assert.Contains("David Xiang", told, StringComparison.Ordinal);
        Assert.Contains("ribbon", told, StringComparison.Ordinal);
        var hidden = await System.IO.File.ReadAllTextAsync(masked, Token);
        string[] personal = ["David Xiang", "ribbon", "1 Main St", "Springfield", "12345", "david"];
        Assert.All(personal, text => Assert.DoesNotContain(text, hidden, StringComparison.Ordinal));

        await System.IO.File.WriteAllTextAsync(changed, told.Replace("payments.capture-payment", "payments.void-payment", StringComparison.Ordinal), Token);
        var divergence = (await HistoryAsync(1, "replay", changed)).Out;
        Assert.Contains("(dispatch.shipment-packed)", divergence, StringComparison.Ordinal);
        Assert.Contains("recorded: send payments.void-payment", divergence, StringComparison.Ordinal);
        Assert.Contains("replayed: send payments.capture-payment", divergence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forking_an_order_that_is_as_it_should_be_would_send_nothing()
    {
        await host.Shop.StockAsync("unforked", 10, Token);
        var order = await host.Shop.BuyAsync("unforked", "tok_ok", Token);
        await host.Shop.EndsOfAsync("unforked", [order], Token);

        var dry = (await HistoryAsync(0, "fork", order, "--from", "1", "--url", host.Url)).Out;

        Assert.DoesNotContain("it sends:", dry, StringComparison.Ordinal);
        Assert.DoesNotContain("was sent, and would not be", dry, StringComparison.Ordinal);
        Assert.Contains("and the order has ended", dry, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", dry, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "cannot parse", "export", "nothing")]
    [InlineData(2, "are recorded", "export", "01a1fdea-d3ea-7e7e-8819-9c5f0df49778")]
    [InlineData(2, "are recorded", "fork", "01a1fdea-d3ea-7e7e-8819-9c5f0df49778", "--from", "1")]
    [InlineData(2, "--from", "fork", "01a1fdea-d3ea-7e7e-8819-9c5f0df49778")]
    [InlineData(2, "/reason", "fork", "01a1fdea-d3ea-7e7e-8819-9c5f0df49778", "--from", "1", "--plan", "0123456789abcdef")]
    [InlineData(1, "token", "export", "01a1fdea-d3ea-7e7e-8819-9c5f0df49778", "--token", "wrong")]
    public async Task What_is_asked_wrongly_is_said_in_a_line(int code, string reason, params string[] arguments) =>
        Assert.Contains(reason, (await HistoryAsync(code, [.. arguments, "--url", host.Url])).Error, StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("There is no history at", null)]
    [InlineData("line 1: it is no step of a history", "{}")]
    [InlineData("line 1: it is no step of a history", "nonsense")]
    public async Task What_cannot_be_replayed_is_said_in_a_line(string reason, string? content)
    {
        if (content is not null)
        {
            await System.IO.File.WriteAllTextAsync(File("bad.jsonl"), content, Token);
        }

        Assert.Contains(reason, (await HistoryAsync(2, "replay", File("bad.jsonl"))).Error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private string File(string name) => Path.Combine(folder.FullName, name);

    private static async Task<CommandLine> HistoryAsync(int code, params string[] arguments)
    {
        var answer = await CommandLine.RunAsync(Token, ["history", .. arguments]);
        Assert.True(answer.Code == code, $"{string.Join(' ', arguments)} ended with {answer.Code}: {answer.Out}{answer.Error}");
        return answer;
    }
}
