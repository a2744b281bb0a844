using Microsoft.Extensions.Configuration;

namespace Orders.Hosting;

/// <summary>The pipeline's time limits, from configuration <c>Orders:…</c> (environment <c>Orders__PaymentDeadline=00:00:10</c>).</summary>
/// <param name="Payment">From the placing to a rejection when the payment is still unknown. Default 5 minutes.</param>
/// <param name="Hold">How long stock is held for an order that is not confirmed. Default 15 minutes.</param>
/// <param name="Dispatch">From the confirmation to cancellation when the shipment is not dispatched. Default 1 day.</param>
public sealed record Deadlines(TimeSpan Payment, TimeSpan Hold, TimeSpan Dispatch)
{
    /// <exception cref="StartupException">One of them is no time greater than zero.</exception>
    public static Deadlines From(IConfiguration configuration) => new(
        Read(configuration, "Orders:PaymentDeadline", TimeSpan.FromMinutes(5)),
        Read(configuration, "Orders:HoldDuration", TimeSpan.FromMinutes(15)),
        Read(configuration, "Orders:DispatchDeadline", TimeSpan.FromDays(1)));

    private static TimeSpan Read(IConfiguration configuration, string key, TimeSpan otherwise)
    {
        var text = configuration[key];
        if (text is null)
        {
            return otherwise;
        }

        return TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value) && value > TimeSpan.Zero
            ? value
            : throw new StartupException($"The setting {key} is '{text}'. Give a time greater than zero such as 00:05:00.");
    }
}
