using System.Globalization;

namespace Orders.Dispatch.Carriers;

/// <summary>How carriers are called, from configuration <c>Orders:Carrier:…</c>.</summary>
/// <param name="Url">The gateway's address: <c>Url</c>. Null: this process's own simulator.</param>
/// <param name="InProcess">Whether calls go to this process's simulator without a network: <c>Orders:Gateway</c> is <c>inprocess</c>, not <c>http</c>.</param>
/// <param name="GiveUpAfter">How long one carrier is asked, and then how long it is asked to cancel: <c>GiveUpAfter</c>. Default 2 minutes.</param>
/// <param name="Timeout">One call: <c>Timeout</c>. Default 10 seconds.</param>
internal sealed record CarrierOptions(Uri? Url, bool InProcess, TimeSpan GiveUpAfter, TimeSpan Timeout)
{
    public static CarrierOptions From(IConfiguration configuration) => new(
        configuration["Orders:Carrier:Url"] is { } url ? new Uri(url.TrimEnd('/') + "/") : null,
        string.Equals(configuration["Orders:Gateway"], "inprocess", StringComparison.OrdinalIgnoreCase),
        Read(configuration, "Orders:Carrier:GiveUpAfter", TimeSpan.FromMinutes(2)),
        Read(configuration, "Orders:Carrier:Timeout", TimeSpan.FromSeconds(10)));

    private static TimeSpan Read(IConfiguration configuration, string key, TimeSpan otherwise)
    {
        var text = configuration[key];
        if (text is null)
        {
            return otherwise;
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) && value > TimeSpan.Zero
            ? value
            : throw new InvalidOperationException($"The setting {key} is '{text}'. Give a time greater than zero such as 00:02:00.");
    }
}
