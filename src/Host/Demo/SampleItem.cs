using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Contracts;

namespace Orders.Host.Demo;

/// <summary>An item of the sample catalogue.</summary>
internal sealed record SampleItem(string Sku, string Name, Money Price)
{
    /// <summary>The item that nobody has: ordered on purpose to run short.</summary>
    public const string SoldOut = "2341083";

    public static IReadOnlyList<SampleItem> Load()
    {
        using var stream = typeof(SampleItem).Assembly.GetManifestResourceStream("sample-catalogue.json")
            ?? throw new InvalidOperationException("The sample catalogue is missing: embed Demo/sample-catalogue.json under its own name.");
        return JsonSerializer.Deserialize(stream, SampleJson.Default.IReadOnlyListSampleItem)!;
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IReadOnlyList<SampleItem>))]
internal sealed partial class SampleJson : JsonSerializerContext;
