using Orders.Payments.Provider;

namespace Orders.Payments.Close;

/// <summary>What the provider's word for a payment means for the shopper's money.</summary>
internal static class Standings
{
    public static ProviderStanding Of(string status) => status switch
    {
        GatewayStatus.Unknown or GatewayStatus.Declined or GatewayStatus.Voided => ProviderStanding.Nothing,
        GatewayStatus.Authorised => ProviderStanding.Authorised,
        GatewayStatus.Captured => ProviderStanding.Captured,
        GatewayStatus.Refunded => ProviderStanding.Refunded,
        _ => throw new InvalidOperationException($"The provider has a payment state '{status}' that is not known here. Say what it means."),
    };

    /// <summary>Where an approved operation leaves a payment.</summary>
    public static ProviderStanding After(string operation) => operation switch
    {
        "authorise" => ProviderStanding.Authorised,
        "capture" => ProviderStanding.Captured,
        "void" => ProviderStanding.Nothing,
        "refund" => ProviderStanding.Refunded,
        _ => throw new InvalidOperationException($"The provider's ledger has an operation '{operation}' that is not known here. Say what it does."),
    };
}
