using Orders.Contracts;

namespace Orders.Api.OrderViews;

/// <summary>Why an order ended: in one of our words, or in those of whoever cancelled it, who may write what they like, about themselves as well.</summary>
internal static class OurReasons
{
    private static readonly HashSet<string> Known =
    [
        RejectionReasons.OutOfStock, RejectionReasons.PaymentDeclined, RejectionReasons.PaymentUnresolved, RejectionReasons.CaptureFailed,
        CancellationReasons.ByShopper, CancellationReasons.ByOperator, CancellationReasons.DispatchFailed,
    ];

    /// <summary>The reason where it is one of ours; where it is somebody's own, the word for that.</summary>
    public static string? Of(string? reason) => reason is null || Known.Contains(reason) ? reason : CancellationReasons.ByShopper;
}
