using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orders.Contracts;

namespace Orders.Webhooks.Partners.Events;

/// <summary>
/// What partners hear of what happens. Pure. Nothing personal leaves: no user, address, instructions or words of a shopper; of a
/// customer that it changed, not how.
/// </summary>
internal static class PartnerEvents
{
    private const string Accepted = "accepted";
    private const string Pending = "pending";

    /// <summary>The event's type; null where partners do not hear of it.</summary>
    public static string? TypeOf(object message) => message switch
    {
        OrderPlaced => EventTypes.OrderPrefix + Accepted,
        OrderStatusChanged changed when EventTypes.All.Contains(EventTypes.OrderPrefix + changed.Status) => EventTypes.OrderPrefix + changed.Status,
        StockLow => EventTypes.StockLow,
        CustomerChanged => EventTypes.CustomerChanged,
        _ => null,
    };

    /// <param name="message">One that <see cref="TypeOf"/> gives a type.</param>
    public static PartnerEvent Of(object message) => message switch
    {
        OrderPlaced placed => Of(AsAccepted(placed)),
        OrderStatusChanged order => Make(
            EventTypes.OrderPrefix + order.Status, Catalogue.ByOrder(order.OrderId), order.Version.ToString(CultureInfo.InvariantCulture), order.UpdatedAt,
            order, PartnerJson.Strict.OrderStatusChanged),
        StockLow low => Make(EventTypes.StockLow, low.Sku, low.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), low.At, low, PartnerJson.Strict.StockLow),
        CustomerChanged customer => Make(
            EventTypes.CustomerChanged, Catalogue.ByCustomer(customer.Source, customer.CustomerId), customer.Revision.ToString(CultureInfo.InvariantCulture), customer.At,
            new(customer.CustomerId, customer.Source, customer.Deleted, customer.Revision, customer.Version), PartnerJson.Strict.CustomerNews),
        _ => throw new ArgumentException($"Partners do not hear of {message.GetType().Name}. Give it a type first.", nameof(message)),
    };

    /// <summary>A partner's wish to see whether everything is set up.</summary>
    public static PartnerEvent Test(Guid id, Guid endpoint, DateTimeOffset at) =>
        new(id, EventTypes.Test, $"test/{id:D}", at, Body(EventTypes.Test, at, new(endpoint), PartnerJson.Strict.TestNews));

    private static PartnerEvent Make<T>(string type, string key, string version, DateTimeOffset at, T data, JsonTypeInfo<T> json) =>
        new(PartnerEvent.IdOf(type, key, version), type, key, at, Body(type, at, data, json));

    private static string Body<T>(string type, DateTimeOffset at, T data, JsonTypeInfo<T> json) => JsonSerializer.Serialize(
        new(type, at, JsonSerializer.SerializeToElement(data, json)), PartnerJson.Strict.Notification);

    /// <summary>The document of an order that was just placed.</summary>
    private static OrderStatusChanged AsAccepted(OrderPlaced placed) => new(
        placed.OrderId, Accepted, null, 1, placed.PlacedAt, placed.PlacedAt, placed.Prime, placed.Lines, placed.Total,
        new(Pending, null, null, null), new(Pending, null, null, null));
}
