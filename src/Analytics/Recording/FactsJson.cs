using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orders.Analytics.Recording;

/// <summary>How the lines of a fact are stored.</summary>
[JsonSerializable(typeof(IReadOnlyList<FactLine>))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class FactsJson : JsonSerializerContext;
