using System.Globalization;
using Microsoft.Extensions.Configuration;
using Orders.Bus.Engine;

namespace Orders.Hosting;

/// <summary>What is recorded of sagas, from configuration <c>Orders:History</c> and <c>Orders:HistoryRetention</c>.</summary>
internal static class HistorySettings
{
    /// <exception cref="StartupException">One of them cannot be meant.</exception>
    public static HistoryOptions From(IConfiguration configuration) => new(
        configuration["Orders:History"] is not { } on || (bool.TryParse(on, out var isOn)
            ? isOn
            : throw new StartupException($"The setting Orders:History is '{on}'. Give true or false.")),
        configuration["Orders:HistoryRetention"] is not { } text ? null : Retention(text));

    private static TimeSpan Retention(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var kept) && kept >= TimeSpan.FromDays(1) && kept <= HistoryOptions.Longest
            ? kept
            : throw new StartupException($"The setting Orders:HistoryRetention is '{text}'. Give 1 to {HistoryOptions.Longest.Days} days, such as 400.00:00:00.");
}
