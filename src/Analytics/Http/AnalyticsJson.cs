using System.Text.Json.Serialization;
using Orders.Analytics.Recommendations;
using Orders.Analytics.Sales;
using Orders.Analytics.TopItems;
using Orders.Hosting;

namespace Orders.Analytics.Http;

/// <summary>The JSON of this module's answers.</summary>
[JsonSerializable(typeof(IReadOnlyList<SalesBucket>))]
[JsonSerializable(typeof(IReadOnlyList<TopItem>))]
[JsonSerializable(typeof(IReadOnlyList<Recommendation>))]
internal sealed partial class AnalyticsJson : JsonSerializerContext
{
    public static AnalyticsJson Strict { get; } = new(StrictJson.NewOptions());
}
