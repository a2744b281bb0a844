using System.Collections.Frozen;

namespace Orders.Host.ImportRetail;

/// <summary>ISO 3166-1 codes of the countries as the data set spells them.</summary>
internal static class CountryCodes
{
    private static readonly FrozenDictionary<string, string> Codes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Australia"] = "AU", ["Austria"] = "AT", ["Bahrain"] = "BH", ["Belgium"] = "BE", ["Brazil"] = "BR", ["Canada"] = "CA",
        ["Channel Islands"] = "JE", ["Cyprus"] = "CY", ["Czech Republic"] = "CZ", ["Denmark"] = "DK", ["EIRE"] = "IE",
        ["Finland"] = "FI", ["France"] = "FR", ["Germany"] = "DE", ["Greece"] = "GR", ["Hong Kong"] = "HK", ["Iceland"] = "IS",
        ["Israel"] = "IL", ["Italy"] = "IT", ["Japan"] = "JP", ["Lebanon"] = "LB", ["Lithuania"] = "LT", ["Malta"] = "MT",
        ["Netherlands"] = "NL", ["Norway"] = "NO", ["Poland"] = "PL", ["Portugal"] = "PT", ["RSA"] = "ZA", ["Saudi Arabia"] = "SA",
        ["Singapore"] = "SG", ["Spain"] = "ES", ["Sweden"] = "SE", ["Switzerland"] = "CH", ["United Arab Emirates"] = "AE",
        ["United Kingdom"] = "GB", ["USA"] = "US",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The shop is in the United Kingdom: what the data set leaves open ("Unspecified") is delivered there.</summary>
    public static string Of(string country) => Codes.GetValueOrDefault(country, "GB");
}
