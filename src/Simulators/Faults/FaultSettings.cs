using System.Text.Json.Serialization;

namespace Orders.Simulators.Faults;

/// <summary>What <c>POST …/faults</c> sets.</summary>
/// <param name="LatencyMs">Added to every answer, 0 to 60,000.</param>
/// <param name="FailRate">The share of calls answered 503 with nothing done, 0 to 1.</param>
/// <param name="Down">Every call is answered 503.</param>
public sealed record FaultSettings(int LatencyMs = 0, double FailRate = 0, bool Down = false)
{
    [JsonIgnore]
    public bool IsValid => LatencyMs is >= 0 and <= 60_000 && FailRate is >= 0 and <= 1;
}
