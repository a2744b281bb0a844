using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Contracts;
using Orders.Hosting;

namespace Orders.Api.ConfirmPurchase;

/// <summary>What a shopper confirms.</summary>
internal sealed record ConfirmPurchaseBody(
    [property: Length(1, PurchaseChecks.MaxLines)] IReadOnlyList<ConfirmLine?> Lines,
    PaymentMeans Payment,
    Address ShipTo,
    bool Prime = false,
    [property: StringLength(PurchaseChecks.MaxInstructions)] string? Instructions = null);

/// <summary>One line, at the price that the shopper was shown.</summary>
internal sealed record ConfirmLine(
    [property: StringLength(PurchaseChecks.MaxSku, MinimumLength = 1)] string Sku,
    [property: Range(1, PurchaseChecks.MaxQuantity)] int Quantity,
    Money UnitPrice);

/// <summary>The answer. Guests get a token that is good for this one order.</summary>
internal sealed record OrderAccepted(Guid OrderId, string Status, Money Total, DateTimeOffset PlacedAt, string? AccessToken);

/// <summary>What an item of a refused purchase costs now.</summary>
internal sealed record CurrentPrice(string Sku, Money UnitPrice);

[JsonSerializable(typeof(ConfirmPurchaseBody))]
[JsonSerializable(typeof(OrderAccepted))]
[JsonSerializable(typeof(IReadOnlyList<CurrentPrice>))]
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJsonConverter)])]
internal sealed partial class ConfirmPurchaseJson : JsonSerializerContext;
