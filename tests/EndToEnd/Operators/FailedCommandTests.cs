using System.Text.Json.Nodes;
using Orders.Tests.Support.Running;

namespace Orders.Tests.EndToEnd.Operators;

/// <summary><c>./run failed …</c> against a host that serves.</summary>
public sealed class FailedCommandTests(HostWithFailures host) : IClassFixture<HostWithFailures>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operator_lists_shows_retries_edits_and_discards()
    {
        var list = await FailedAsync(0, "list", "--endpoint", "inventory", "--type", "inventory.commit-stock");
        var ids = list.Out.Split('\n').Select(line => line.Trim().Split(' ')[0]).Where(word => Guid.TryParse(word, out _)).ToArray();
        Assert.Equal(4, ids.Length);
        var shown = JsonNode.Parse((await FailedAsync(0, "show", ids[0])).Out)!;
        Assert.Contains("UnreadableMessageException", shown["stack"]!.GetValue<string>(), StringComparison.Ordinal);

        var body = Path.Combine(host.Folder, "body.json");
        await File.WriteAllTextAsync(body, """{"orderId":7}""", Token);
        Assert.Contains("/body", (await FailedAsync(2, "edit-and-retry", ids[0], "--body", body)).Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(body, """{"orderId":"01a1fdea-d3ea-7e7e-8819-9c5f0df49778"}""", Token);
        Assert.Contains("edited", (await FailedAsync(0, "edit-and-retry", ids[0], "--body", body, "--header", "why=a typo")).Out, StringComparison.Ordinal);
        Assert.Contains("discarded by", (await FailedAsync(0, "discard", ids[1], "--reason", "planted")).Out, StringComparison.Ordinal);
        Assert.Contains("retried by", (await FailedAsync(0, "retry", ids[2])).Out, StringComparison.Ordinal);
        var run = (await FailedAsync(0, "retry-all", "--endpoint", "nowhere", "--per-second", "5")).Out.Split(' ')[1].TrimEnd(':');
        Assert.Contains(run, (await FailedAsync(0, "runs")).Out, StringComparison.Ordinal);
        await FailedAsync(0, "stop", run);

        // The edited one is gone for good; the one that was retried as it was is back.
        await Eventually.NothingIsMissingAsync(async token => await host.OpenAsync(token) == 2 ? null : "two messages are not in the error queue yet", Token);
    }

    [Theory]
    [InlineData(2, "cannot parse", "retry", "nothing")]
    [InlineData(2, "no failed message", "retry", "01a1fdea-d3ea-7e7e-8819-9c5f0df49778")]
    [InlineData(2, "--reason", "discard", "01a1fdea-d3ea-7e7e-8819-9c5f0df49778")]
    [InlineData(2, "no file", "edit-and-retry", "01a1fdea-d3ea-7e7e-8819-9c5f0df49778", "--body", "nowhere.json")]
    [InlineData(2, "name=value", "edit-and-retry", "01a1fdea-d3ea-7e7e-8819-9c5f0df49778", "--header", "a")]
    [InlineData(2, "changes nothing", "edit-and-retry", "01a1fdea-d3ea-7e7e-8819-9c5f0df49778")]
    [InlineData(2, "1 to 1000", "retry-all", "--per-second", "0")]
    [InlineData(1, "token", "list", "--token", "wrong")]
    public async Task What_is_asked_wrongly_is_said_in_a_line(int code, string reason, params string[] arguments) =>
        Assert.Contains(reason, (await FailedAsync(code, arguments)).Error, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task A_system_that_does_not_answer_is_said_so()
    {
        var answer = await CommandLine.RunAsync(Token, "failed", "list", "--url", $"http://127.0.0.1:{RunningHost.FreePort()}");

        Assert.Equal(1, answer.Code);
        Assert.Contains("does not answer", answer.Error, StringComparison.Ordinal);
    }

    private async Task<CommandLine> FailedAsync(int code, params string[] arguments)
    {
        var answer = await CommandLine.RunAsync(Token, ["failed", .. arguments, "--url", host.Url.ToString()]);
        Assert.True(answer.Code == code, $"{string.Join(' ', arguments)} ended with {answer.Code}: {answer.Out}{answer.Error}");
        return answer;
    }
}
