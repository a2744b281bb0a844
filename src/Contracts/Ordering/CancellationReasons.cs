namespace Orders.Contracts;

/// <summary>Why an order was cancelled, when nobody gave a reason of their own.</summary>
public static class CancellationReasons
{
    public const string ByShopper = "cancelled-by-shopper";
    public const string ByOperator = "cancelled-by-operator";
    public const string DispatchFailed = "dispatch-failed";
}
