namespace Orders.Bus.RabbitMq;

/// <summary>Destinations without a queue: each is left alone for a while, longer each time, so that it holds up no other. Not thread-safe.</summary>
internal sealed class RestingDestinations(TimeProvider clock)
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, (TimeSpan Pause, DateTimeOffset Until)> resting = new(StringComparer.Ordinal);

    /// <summary>Those that are not to be tried now.</summary>
    public IReadOnlyCollection<string> Now => [.. resting.Where(entry => entry.Value.Until > clock.GetUtcNow()).Select(entry => entry.Key)];

    public void Refused(string destination)
    {
        var rest = resting.TryGetValue(destination, out var last) ? Min(last.Pause * 2, LongestRest) : FirstRest;
        resting[destination] = (rest, clock.GetUtcNow() + rest);
    }

    public void Reached(string destination) => resting.Remove(destination);

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
