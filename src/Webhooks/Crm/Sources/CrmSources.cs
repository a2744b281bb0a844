namespace Orders.Webhooks.Crm.Sources;

/// <summary>The configured sources, by name.</summary>
internal sealed class CrmSources(IEnumerable<CrmSource> sources)
{
    private readonly Dictionary<string, CrmSource> byName = sources.ToDictionary(source => source.Name, StringComparer.Ordinal);

    public IReadOnlyCollection<CrmSource> All => byName.Values;

    public CrmSource? Find(string name) => byName.GetValueOrDefault(name);

    /// <exception cref="InvalidOperationException">It is not configured (any more).</exception>
    public CrmSource Of(string name) => Find(name)
        ?? throw new InvalidOperationException($"The CRM source '{name}' is not configured here. Configure it again under Orders:Crm:Sources, then retry.");
}
