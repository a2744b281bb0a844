using Orders.Contracts;

namespace Orders.Api.OrderProcess;

/// <summary>What of a message the process keeps.</summary>
internal static class Remember
{
    public static OrderProgress Lines(Situation now)
    {
        var placed = (OrderPlaced)now.Message;
        return now.Progress with
        {
            Currency = placed.Total.Currency,
            Lines = [.. placed.Lines.Select(line => new OrderedLine(line.Sku, line.Quantity, line.UnitPrice.Minor))],
        };
    }

    public static OrderProgress Expiry(Situation now) => now.Progress with { HoldExpiredAt = ((HoldExpired)now.Message).At };

    public static OrderProgress Reason(Situation now) => now.Progress with
    {
        Reason = now.Message is CancelOrder cancel ? cancel.Reason : CancellationReasons.DispatchFailed,
    };
}
