using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Contracts;

namespace Orders.Host.Client;

/// <summary>The body of POST /api/orders.</summary>
internal sealed record OrderRequest(
    IReadOnlyList<OrderRequestLine> Lines, bool Prime, string? Instructions, PaymentMeans Payment, Address ShipTo);

internal sealed record OrderRequestLine(string Sku, int Quantity, Money UnitPrice);

/// <summary>The 202 of POST /api/orders.</summary>
internal sealed record OrderAccepted(Guid OrderId, string Status, Money Total, DateTimeOffset PlacedAt);

/// <summary>What of an order's document the tools look at.</summary>
internal sealed record OrderDocument(
    Guid OrderId, string Status, string? Reason, bool NeedsAttention, int Version, DateTimeOffset PlacedAt, DateTimeOffset UpdatedAt)
{
    public bool IsEnded => Status is "completed" or "rejected" or "cancelled";
}

/// <summary>The body of PUT /api/catalog/{sku}.</summary>
internal sealed record CatalogItemRequest(string Name, Money UnitPrice);

internal sealed record CatalogItem(string Sku, string Name, Money UnitPrice, long Available);

internal sealed record StockAdjustment(string Sku, int Delta, string Reason);

internal sealed record CancelRequest(string Reason);

internal sealed record PageOf<T>(IReadOnlyList<T> Items, string? Next);

internal sealed record Problem(string? Type, string? Detail)
{
    /// <summary>The last part of <c>urn:orders:problem:…</c>.</summary>
    public string Slug => Type?[(Type.LastIndexOf(':') + 1)..] ?? "unknown";
}

internal sealed record ProviderOperation(DateTimeOffset At, string Operation, string Reference, Money Amount, string Outcome);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(OrderAccepted))]
[JsonSerializable(typeof(OrderDocument))]
[JsonSerializable(typeof(CatalogItemRequest))]
[JsonSerializable(typeof(StockAdjustment))]
[JsonSerializable(typeof(CancelRequest))]
[JsonSerializable(typeof(PageOf<CatalogItem>))]
[JsonSerializable(typeof(PageOf<OrderDocument>))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(PageOf<ProviderOperation>))]
internal sealed partial class ShopJson : JsonSerializerContext;
