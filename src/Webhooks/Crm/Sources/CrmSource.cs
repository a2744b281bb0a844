using Orders.Hosting;

namespace Orders.Webhooks.Crm.Sources;

/// <summary>A CRM that calls us, as configured.</summary>
internal sealed record CrmSource
{
    /// <summary>The CRM's simulator of the process itself, wherever it serves.</summary>
    public static readonly Uri OwnSimulator = new("/sim/crm/", UriKind.Relative);

    /// <summary>As in the path <c>/webhooks/crm/{name}</c>; customers are known by it and the CRM's id.</summary>
    public required string Name { get; init; }

    public required CrmFormat Format { get; init; }

    /// <summary>Any of them proves a Standard Webhooks sender: more than one while one is exchanged.</summary>
    public IReadOnlyList<WebhookSecret> Secrets { get; init; } = [];

    /// <summary>Any of them, in the query as <c>key</c>, proves an Outbound Message together with the organisation.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    public string? Organization { get; init; }

    /// <summary>The kind of record that is a customer; others are taken in and left alone.</summary>
    public string Entity { get; init; } = "Contact";

    /// <summary>Where its records are read. Null: they cannot be.</summary>
    public Uri? Url { get; init; }

    /// <summary>The bearer token for that, if it wants one.</summary>
    public string? Token { get; init; }

    /// <summary>Whether the schedule reconciles it, and not only an operator.</summary>
    public bool IsScheduled { get; init; }

    // Records write all their members: this one has secrets among them.
    public override string ToString() => Name;
}
