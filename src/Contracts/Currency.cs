using System.Collections.Frozen;

namespace Orders.Contracts;

/// <summary>The number of minor digits of each currency in circulation, from ISO 4217, list one.</summary>
public static class Currency
{
    private static readonly FrozenDictionary<string, int> Digits = Table();

    public static bool IsKnown(string code) => Digits.ContainsKey(code);

    /// <summary>0, 2, 3 or 4.</summary>
    /// <exception cref="ArgumentException">The code is not in ISO 4217.</exception>
    public static int MinorDigits(string code) => Digits.TryGetValue(code, out var digits)
        ? digits
        : throw new ArgumentException($"'{code}' is not an ISO 4217 currency code. Use one such as USD, EUR or JPY.", nameof(code));

    private static FrozenDictionary<string, int> Table()
    {
        var digits = new Dictionary<string, int>(StringComparer.Ordinal);
        Add(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF");
        Add(3, "BHD IQD JOD KWD LYD OMR TND");
        Add(4, "CLF UYW");
        Add(2, "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY "
            + "COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR "
            + "IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD "
            + "NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP "
            + "SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG");
        return digits.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(int count, string codes)
        {
            foreach (var code in codes.Split(' '))
            {
                digits.Add(code, count);
            }
        }
    }
}
