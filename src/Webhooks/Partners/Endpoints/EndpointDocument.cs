namespace Orders.Webhooks.Partners.Endpoints;

/// <summary>An endpoint as its partner sees it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Url">Where deliveries go, normalised.</param>
/// <param name="Events">What it listens to.</param>
/// <param name="Enabled">False: its events wait.</param>
/// <param name="DisabledReason">"gone" after a 410, "failing" after five days of nothing but failures; null where the partner disabled it.</param>
/// <param name="FailingSince">The first failure after which there was no success.</param>
/// <param name="CreatedAt">When it was registered.</param>
internal sealed record EndpointDocument(
    Guid Id, string Url, IReadOnlyList<string> Events, bool Enabled, string? DisabledReason, DateTimeOffset? FailingSince, DateTimeOffset CreatedAt);

/// <summary>An endpoint with its secret, which is shown this once.</summary>
internal sealed record EndpointWithSecret(
    Guid Id, string Url, IReadOnlyList<string> Events, bool Enabled, string? DisabledReason, DateTimeOffset? FailingSince, DateTimeOffset CreatedAt, string Secret)
{
    public static EndpointWithSecret Of(EndpointDocument endpoint, string secret) => new(
        endpoint.Id, endpoint.Url, endpoint.Events, endpoint.Enabled, endpoint.DisabledReason, endpoint.FailingSince, endpoint.CreatedAt, secret);

    // Records write all their members.
    public override string ToString() => Id.ToString();
}

/// <summary>The new secret, shown this once, and until when the one before it signs as well.</summary>
internal sealed record RotatedSecret(string Secret, DateTimeOffset OldSecretUntil)
{
    public override string ToString() => "RotatedSecret";
}
