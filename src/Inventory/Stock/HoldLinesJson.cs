using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orders.Inventory.Stock;

/// <summary>How a hold's lines are stored.</summary>
[JsonSerializable(typeof(IReadOnlyList<HoldLine>))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class HoldLinesJson : JsonSerializerContext;
