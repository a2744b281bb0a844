using Orders.Hosting;

namespace Orders.Webhooks.Crm.Sources;

/// <summary>
/// Reads <c>Orders:Crm:Sources:{n}:Name|Format|Secrets:{m}|Keys:{m}|Organization|Entity|Url|Token|Scheduled</c>. With none configured
/// and local mode on, there are three whose secrets everybody knows.
/// </summary>
internal static class SourceConfiguration
{
    private static readonly WebhookSecret DemoSecret = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    /// <exception cref="StartupException">A source is not well formed; the message repeats no secret.</exception>
    public static CrmSources Read(IConfiguration configuration, bool isLocalMode)
    {
        var configured = configuration.GetSection("Orders:Crm:Sources").GetChildren().Select(One).ToList();
        var twice = configured.CountBy(source => source.Name).FirstOrDefault(name => name.Value > 1).Key;
        return twice is not null
            ? throw new StartupException($"The CRM source '{twice}' is configured twice. Give each a name of its own.")
            : new(configured.Count == 0 && isLocalMode ? Local(configuration) : configured);
    }

    /// <summary>All three are told of one CRM, the simulated one. The schedule, unless it is off, reconciles the one that it calls.</summary>
    private static IEnumerable<CrmSource> Local(IConfiguration configuration)
    {
        var url = configuration["Orders:Crm:Url"] is { } given ? UrlOf(given, "Orders:Crm:Url") : CrmSource.OwnSimulator;
        yield return new() { Name = "demo", Format = CrmFormat.Standard, Secrets = [DemoSecret], Url = url, IsScheduled = IsOn(configuration["Orders:Crm:Scheduled"]) };
        yield return new()
        {
            Name = "salesforce", Format = CrmFormat.SalesforceOutbound, Organization = "00D7F00000107XsUAI", Keys = ["demo-key"], Url = url,
        };
        yield return new() { Name = "salesforce-cdc", Format = CrmFormat.SalesforceCdc, Secrets = [DemoSecret], Url = url };
    }

    private static CrmSource One(IConfigurationSection section)
    {
        var source = new CrmSource
        {
            Name = Needed(section, "Name", name => name.Length <= 64 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')),
            Format = Needed(section, "Format", _ => true) switch
            {
                "standard" => CrmFormat.Standard,
                "salesforce-outbound" => CrmFormat.SalesforceOutbound,
                "salesforce-cdc" => CrmFormat.SalesforceCdc,
                var other => throw new StartupException($"{section.Path}:Format is '{other}'. Give standard, salesforce-outbound or salesforce-cdc."),
            },
            Secrets = [.. List(section, "Secrets").Select(secret => SecretOf(section, secret))],
            Keys = List(section, "Keys"),
            Organization = section["Organization"],
            Entity = section["Entity"] ?? "Contact",
            Url = section["Url"] is { } url ? UrlOf(url, section.Path + ":Url") : null,
            Token = section["Token"],
            IsScheduled = section["Url"] is not null && IsOn(section["Scheduled"]),
        };
        return IsProvable(source) ? source : throw new StartupException(
            $"{section.Path} says nothing that proves its sender. Give Secrets:0, or for salesforce-outbound Organization and Keys:0, of 16 characters or more.");
    }

    private static bool IsProvable(CrmSource source) => source.Format == CrmFormat.SalesforceOutbound
        ? !string.IsNullOrEmpty(source.Organization) && source.Keys.Count > 0 && source.Keys.All(key => key.Length >= 16)
        : source.Secrets.Count > 0;

    private static bool IsOn(string? setting) => !string.Equals(setting, "false", StringComparison.OrdinalIgnoreCase);

    private static string[] List(IConfigurationSection section, string name) =>
        [.. section.GetSection(name).GetChildren().Select(entry => entry.Value ?? "")];

    private static string Needed(IConfigurationSection section, string name, Func<string, bool> isGood) => section[name] is { Length: > 0 } text && isGood(text)
        ? text
        : throw new StartupException($"{section.Path}:{name} is missing or no {name.ToLowerInvariant()}. Letters, digits, - and _ are good, 64 at most.");

    private static WebhookSecret SecretOf(IConfigurationSection section, string text)
    {
        try
        {
            return WebhookSecret.Parse(text);
        }
        catch (FormatException refused)
        {
            throw new StartupException($"{section.Path}:Secrets: {refused.Message}");
        }
    }

    private static Uri UrlOf(string text, string key) => Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        ? url
        : throw new StartupException($"The setting {key} is '{text}'. Give an address such as https://crm.example/records.");
}
