namespace Orders.Contracts;

/// <summary>What pays: a gift card first if one is given, the card for the rest. Tokens only, never card numbers.</summary>
public sealed record PaymentMeans(string CardToken, string? GiftCard = null);
