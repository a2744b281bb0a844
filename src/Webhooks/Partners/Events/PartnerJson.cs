using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Contracts;
using Orders.Hosting;

namespace Orders.Webhooks.Partners.Events;

/// <summary>The JSON that partners get.</summary>
[JsonSerializable(typeof(Notification))]
[JsonSerializable(typeof(OrderStatusChanged))]
[JsonSerializable(typeof(StockLow))]
[JsonSerializable(typeof(CustomerNews))]
[JsonSerializable(typeof(TestNews))]
internal sealed partial class PartnerJson : JsonSerializerContext
{
    public static PartnerJson Strict { get; } = new(StrictJson.NewOptions());
}

/// <summary>A webhook's body, as Standard Webhooks 1.0 has it.</summary>
internal sealed record Notification(string Type, DateTimeOffset Timestamp, JsonElement Data);

/// <summary>That a customer is another than before. Who may know how asks for the customer.</summary>
/// <param name="Id">The CRM's.</param>
/// <param name="Source">The CRM.</param>
/// <param name="Deleted">The CRM has deleted it.</param>
/// <param name="Revision">Counts the changes of one customer, from 1.</param>
/// <param name="Version">The CRM's.</param>
internal sealed record CustomerNews(string Id, string Source, bool Deleted, long Revision, long Version);

/// <summary>Nothing happened.</summary>
internal sealed record TestNews(Guid EndpointId);
