namespace Orders.Payments.Provider;

/// <summary>How an order's payment and its operations are named at the provider: by the order alone, so that a repeated call has one effect.</summary>
internal static class PaymentReference
{
    public static string Of(Guid orderId) => orderId.ToString("D");

    public static string AuthoriseKey(Guid orderId) => $"authorise-{orderId:D}";

    public static string CaptureKey(Guid orderId) => $"capture-{orderId:D}";

    public static string VoidKey(Guid orderId) => $"void-{orderId:D}";

    public static string RefundKey(Guid orderId) => $"refund-{orderId:D}";
}
