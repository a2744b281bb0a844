using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Bus.Composition;
using Orders.Contracts;
using static Orders.Bus.Composition.MessageContract;

namespace Orders.Api.EraseOrders;

/// <summary>Go over the user's orders, a piece at a time, newest first.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="PlacedUntil">What was placed later is none of it.</param>
/// <param name="Looks">How often they were gone over before.</param>
/// <param name="Before">The last of the piece before.</param>
internal sealed record EraseOrders(string UserId, DateTimeOffset PlacedUntil, int Looks = 0, Guid? Before = null) : ICommand;

/// <summary>Take out of an order that has ended what names a person.</summary>
internal sealed record EraseOrder(Guid OrderId) : ICommand;

/// <summary>What the erasing of orders sends to itself.</summary>
internal static class EraseMessages
{
    public static IReadOnlyList<MessageContract> All { get; } =
    [
        Private("orders.erase-orders", 1, Endpoints.Orders, EraseJson.Default.EraseOrders, message => message.UserId),
        Private("orders.erase-order", 1, Endpoints.Orders, EraseJson.Default.EraseOrder, message => Catalogue.ByOrder(message.OrderId)),
    ];
}

[JsonSerializable(typeof(EraseOrders))]
[JsonSerializable(typeof(EraseOrder))]
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, AllowDuplicateProperties = false)]
internal sealed partial class EraseJson : JsonSerializerContext;
