namespace Orders.Contracts;

/// <summary>Why an order was rejected, as shoppers read it.</summary>
public static class RejectionReasons
{
    public const string OutOfStock = "out-of-stock";
    public const string PaymentDeclined = "payment-declined";
    public const string PaymentUnresolved = "payment-unresolved";
    public const string CaptureFailed = "capture-failed";
}
