using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orders.Simulators.Faults;

[JsonSerializable(typeof(FaultSettings))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, NumberHandling = JsonNumberHandling.Strict)]
internal sealed partial class FaultsJson : JsonSerializerContext;
