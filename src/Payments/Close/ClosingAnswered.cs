namespace Orders.Payments.Close;

/// <summary>Where the payment stands at the provider after a void or a refund was asked for. The provider is the truth.</summary>
/// <param name="OrderId">The payment's order.</param>
/// <param name="Standing">Where it stands.</param>
/// <param name="CapturedMinor">What was captured, refunded or not, in minor units.</param>
internal sealed record ClosingAnswered(Guid OrderId, ProviderStanding Standing, long CapturedMinor = 0) : IMessage;

/// <summary>Whether the provider has money of the shopper's.</summary>
internal enum ProviderStanding
{
    /// <summary>Nothing is set aside: voided, declined, or never heard of.</summary>
    Nothing,

    /// <summary>Set aside.</summary>
    Authorised,

    /// <summary>Taken.</summary>
    Captured,

    /// <summary>Taken and given back.</summary>
    Refunded,
}
