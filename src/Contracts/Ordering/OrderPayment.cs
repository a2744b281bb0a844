namespace Orders.Contracts;

/// <summary>How an order's payment stands: pending, authorised, captured, declined, voided, refunded or unresolved.</summary>
public sealed record OrderPayment(string Status, Money? Authorised, Money? Captured, Money? Refunded);
