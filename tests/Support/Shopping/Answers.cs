namespace Orders.Tests.Support.Shopping;

internal sealed record AcceptedAnswer(string OrderId);

internal sealed record PageAnswer<T>(IReadOnlyList<T> Items, string? Next);

internal sealed record OrderAnswer(string OrderId, string Status, string? Reason)
{
    /// <summary>Status, and the reason where there is one: <c>rejected out-of-stock</c>.</summary>
    public string Outcome => Reason is null ? Status : $"{Status} {Reason}";

    public bool IsEnded => Status is "completed" or "rejected" or "cancelled";
}

/// <summary>One line of the provider's ledger; the reference is the order.</summary>
internal sealed record LedgerLine(string Operation, string Reference, string IdempotencyKey, string Outcome)
{
    public string Step => $"{Operation} {Outcome}";
}

internal sealed record StockAnswer(long OnHand, long Held, long Shipped, long Available);

internal sealed record QueueAnswer(string Endpoint, long Ready, long Delayed, long Failed);

internal sealed record VerifyAnswer(bool Ok, IReadOnlyList<CheckAnswer> Checks);

internal sealed record CheckAnswer(string Name, bool Ok, string Detail);
