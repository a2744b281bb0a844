using Orders.Tests.Support.Running;

namespace Orders.Tests.EndToEnd.Demo;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_shows_orders_a_change_from_the_CRM_and_a_partner_and_ends_well()
    {
        var demo = await CommandLine.RunAsync(TestContext.Current.CancellationToken, "demo", "--plain", "--orders", "40");

        Assert.True(demo.Code == 0, demo.Out + demo.Error);
        Assert.Matches("(?m)^in the CRM, David Xiang's email changes: david@example.com → david.xiang@example.org", demo.Out);
        Assert.Matches(@"(?m)^in the copy here: +david@example.com → david.xiang@example.org, after \d+ ms", demo.Out);
        Assert.Matches(@"(?m)^40 of 40 orders ended", demo.Out);
        Assert.Matches(@"(?s)partner: (\d+) signed events expected, \1 received and verified, 0 forged, \d+ came again; 40 of 40\s+orders heard in order", demo.Out);
        Assert.Contains("every invariant holds", demo.Out, StringComparison.Ordinal);
    }
}
