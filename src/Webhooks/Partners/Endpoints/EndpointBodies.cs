using System.ComponentModel.DataAnnotations;
using Orders.Hosting;
using Orders.Webhooks.Partners.Events;
using Orders.Webhooks.Partners.Safety;

namespace Orders.Webhooks.Partners.Endpoints;

/// <summary>A new endpoint.</summary>
internal sealed record EndpointBody([property: StringLength(DestinationUrl.MaxLength)] string Url, [property: Length(1, EventList.Max)] IReadOnlyList<string> Events);

/// <summary>What is to be another; the rest stays as it is.</summary>
internal sealed record EndpointChange(
    [property: StringLength(DestinationUrl.MaxLength)] string? Url = null,
    [property: Length(1, EventList.Max)] IReadOnlyList<string>? Events = null,
    bool? Enabled = null);

/// <summary>The time to send again: from inclusive, to exclusive.</summary>
internal sealed record ReplayBody(DateTimeOffset From, DateTimeOffset To);

/// <summary>The events that an endpoint listens to.</summary>
internal static class EventList
{
    public const int Max = 50;

    /// <exception cref="ProblemException">400 where one is unknown, or there is none.</exception>
    public static string[] Check(IReadOnlyList<string> events)
    {
        if (events.Count is 0 or > Max)
        {
            throw ProblemException.Invalid("/events", $"must be 1 to {Max} of {string.Join(", ", EventTypes.All)}.");
        }

        foreach (var (at, one) in events.Index())
        {
            if (!EventTypes.All.Contains(one, StringComparer.Ordinal))
            {
                throw ProblemException.Invalid($"/events/{at}", $"is no event. Choose from {string.Join(", ", EventTypes.All)}.");
            }
        }

        return [.. events.Distinct(StringComparer.Ordinal)];
    }
}
