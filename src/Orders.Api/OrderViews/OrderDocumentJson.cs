using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orders.Api.OrderViews;

/// <summary>The document as it is stored and answered: the same bytes.</summary>
[JsonSerializable(typeof(OrderDocument))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcTimeJsonConverter)])]
internal sealed partial class OrderDocumentJson : JsonSerializerContext;

/// <summary>Times as RFC 3339 in UTC with a <c>Z</c>, to the tick.</summary>
internal sealed class UtcTimeJsonConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);
}
