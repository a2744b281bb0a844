namespace Orders.Api.OrderViews;

/// <summary>A document as one kind of caller reads it, and the strong entity tag of these very bytes (RFC 9110, 8.8.3).</summary>
internal sealed record ShownOrder(byte[] Json, string Tag)
{
    /// <summary>As it is stored.</summary>
    public static ShownOrder Of(StoredOrder order) => new(order.Json, $"\"{order.Version}\"");
}
