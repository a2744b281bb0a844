using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orders.Hosting;

/// <summary>The JSON that the API speaks: camelCase, and nothing that its types do not say.</summary>
public static class StrictJson
{
    public const int MaxDepth = 32;

    /// <summary>Applies the rules. A source-generated context takes them as <c>new ShopJson(StrictJson.NewOptions())</c>.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.AllowTrailingCommas = false;
        options.ReadCommentHandling = JsonCommentHandling.Disallow;
        options.MaxDepth = MaxDepth;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.Converters.Add(new UtcTimeJsonConverter());
    }

    public static JsonSerializerOptions NewOptions()
    {
        var options = new JsonSerializerOptions();
        Configure(options);
        return options;
    }
}
