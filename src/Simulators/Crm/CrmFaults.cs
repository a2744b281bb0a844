using System.Text.Json.Serialization;

namespace Orders.Simulators.Crm;

/// <summary>What <c>POST /sim/crm/faults</c> sets: what becomes of the webhooks.</summary>
/// <param name="Drop">The share of changes that are never sent, 0 to 1.</param>
/// <param name="Duplicate">The share of those sent that are sent twice, 0 to 1.</param>
/// <param name="Shuffle">They are held back a little and sent in any order, several at once.</param>
internal sealed record CrmFaults(double Drop = 0, double Duplicate = 0, bool Shuffle = false)
{
    [JsonIgnore]
    public bool IsValid => Drop is >= 0 and <= 1 && Duplicate is >= 0 and <= 1;
}
