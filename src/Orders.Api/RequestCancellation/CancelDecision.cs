using System.Text.Json;
using Orders.Api.OrderViews;

namespace Orders.Api.RequestCancellation;

/// <summary>What a wish to cancel meets.</summary>
internal enum CancelAnswer
{
    /// <summary>The order process decides: it may still be in time.</summary>
    Ask,

    /// <summary>It is being cancelled, or is.</summary>
    UnderWay,

    Dispatched,

    Rejected,
}

/// <summary>Decides by what the document tells, an end that has not settled yet included. The order process has the last word where this says Ask.</summary>
internal static class CancelDecision
{
    public static CancelAnswer Decide(StoredOrder stored)
    {
        var order = JsonSerializer.Deserialize(stored.Json, OrderDocumentJson.Default.OrderDocument)!;
        return (order.End ?? order.Status) switch
        {
            OrderStatus.Completed => CancelAnswer.Dispatched,
            OrderStatus.Rejected => CancelAnswer.Rejected,
            OrderStatus.Cancelling or OrderStatus.Cancelled => CancelAnswer.UnderWay,
            OrderStatus.Dispatching when order.Shipment.Status == "dispatched" => CancelAnswer.Dispatched,
            _ => CancelAnswer.Ask,
        };
    }
}
