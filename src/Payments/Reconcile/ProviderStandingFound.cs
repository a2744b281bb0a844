using Orders.Payments.Close;

namespace Orders.Payments.Reconcile;

/// <summary>Reconciliation saw a payment at the provider that stands otherwise than ours did at <paramref name="Version"/>.</summary>
internal sealed record ProviderStandingFound(Guid OrderId, int Version, ProviderStanding Standing, long CapturedMinor) : IMessage;
