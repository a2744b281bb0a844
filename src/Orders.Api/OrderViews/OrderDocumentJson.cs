using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Hosting;

namespace Orders.Api.OrderViews;

/// <summary>The document as it is stored and answered: the same bytes.</summary>
[JsonSerializable(typeof(OrderDocument))]
[JsonSerializable(typeof(PageOf<OrderDocument>))]
[JsonSerializable(typeof(OrderCustomer))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcTimeJsonConverter)])]
internal sealed partial class OrderDocumentJson : JsonSerializerContext;
