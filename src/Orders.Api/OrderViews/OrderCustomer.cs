using System.Text.Json.Serialization;

namespace Orders.Api.OrderViews;

/// <summary>Who an order's user is, by the CRM.</summary>
/// <param name="Id">The CRM's, which is the user's.</param>
/// <param name="Source">The CRM.</param>
/// <param name="Email">The present one, whatever it was when the order was placed.</param>
/// <param name="Name">Likewise.</param>
internal sealed record OrderCustomer(string Id, string Source, string? Email, string? Name)
{
    /// <summary>Counts what was heard of this record.</summary>
    [JsonIgnore]
    public long Revision { get; init; }
}
