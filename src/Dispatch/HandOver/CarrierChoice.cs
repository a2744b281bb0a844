namespace Orders.Dispatch.HandOver;

/// <summary>The carriers in order of preference, from configuration <c>Orders:Carrier:Names:0</c> …; default swift, then steady.</summary>
internal sealed class CarrierChoice
{
    private readonly string[] names;

    public CarrierChoice(params IReadOnlyList<string> names)
    {
        if (names.Count == 0 || names.Distinct(StringComparer.Ordinal).Count() != names.Count)
        {
            throw new ArgumentException("Name at least one carrier, and each once.", nameof(names));
        }

        this.names = [.. names];
    }

    public string First => names[0];

    public static CarrierChoice From(IConfiguration configuration)
    {
        var configured = configuration.GetSection("Orders:Carrier:Names").GetChildren().Select(entry => entry.Value ?? "").ToArray();
        return configured.Length == 0 ? new("swift", "steady") : new(configured);
    }

    /// <summary>The one to ask after a carrier that will not take it; null after the last.</summary>
    public string? After(string carrier) => names.SkipWhile(name => name != carrier).Skip(1).FirstOrDefault();
}
