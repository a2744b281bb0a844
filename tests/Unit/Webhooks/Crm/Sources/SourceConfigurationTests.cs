using Microsoft.Extensions.Configuration;
using Orders.Hosting;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Tests.Unit.Webhooks.Crm.Sources;

public sealed class SourceConfigurationTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public void Local_mode_has_three_sources_and_only_what_is_configured_otherwise()
    {
        Assert.Equal(["demo", "salesforce", "salesforce-cdc"], Read(isLocalMode: true).All.Select(source => source.Name));
        Assert.Empty(Read(isLocalMode: false).All);
        Assert.Equal(["crm"], Read(isLocalMode: true, ("Name", "crm"), ("Format", "standard"), ("Secrets:0", Secret)).All.Select(source => source.Name));
    }

    [Fact]
    public void Secrets_may_be_several_and_never_show_in_a_log()
    {
        var source = Read(false, ("Name", "crm"), ("Format", "salesforce-cdc"), ("Secrets:0", Secret), ("Secrets:1", WebhookSecret.Create().Reveal()), ("Url", "https://crm.example/x")).Of("crm");

        Assert.Equal(2, source.Secrets.Count);
        Assert.Equal("https://crm.example/x/", source.Url!.ToString());
        Assert.True(source.IsScheduled);
        Assert.DoesNotContain("MfKQ", $"{source} {source.Secrets[0]}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Format", "xml")]
    [InlineData("Name", "a/b")]
    [InlineData("Name", "")]
    [InlineData("Secrets:0", "whsec_short")]
    [InlineData("Secrets:0", null)]
    [InlineData("Url", "crm")]
    [InlineData("Format", "salesforce-outbound")]
    public void What_cannot_be_meant_refuses_the_start(string key, string? value)
    {
        var settings = new Dictionary<string, string?> { ["Name"] = "crm", ["Format"] = "standard", ["Secrets:0"] = Secret };
        settings[key] = value;
        if (value is null)
        {
            settings.Remove(key);
        }

        var refused = Assert.Throws<StartupException>(() => Read(false, [.. settings.Select(one => (one.Key, one.Value!))]));

        Assert.DoesNotContain("whsec_short", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_outbound_source_needs_a_key_that_nobody_guesses() => Assert.Throws<StartupException>(
        () => Read(false, ("Name", "crm"), ("Format", "salesforce-outbound"), ("Organization", "00D"), ("Keys:0", "short")));

    private static CrmSources Read(bool isLocalMode, params (string Key, string Value)[] one) => SourceConfiguration.Read(
        new ConfigurationBuilder().AddInMemoryCollection(one.ToDictionary(setting => "Orders:Crm:Sources:0:" + setting.Key, setting => (string?)setting.Value)).Build(),
        isLocalMode);
}
