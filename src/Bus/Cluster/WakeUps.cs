using System.Collections.Concurrent;

namespace Orders.Bus.Engine;

/// <summary>Who is to be woken by what was sent: loops of this process at once, other processes through the notifier. Thread-safe.</summary>
internal sealed class WakeUps(EndpointCatalogue endpoints, MessageRegistry registry)
{
    /// <summary>Stands among the endpoints' names for whoever empties bus.outgoing. No endpoint is called so.</summary>
    public const string Outgoing = "→";

    private readonly ConcurrentDictionary<string, byte> elsewhere = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Signal> byEndpoint = endpoints.All.Select(e => e.Name).Append(Outgoing)
        .ToDictionary(name => name, _ => new Signal(), StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Type, string Endpoint), byte> deaf = new(endpoints.All
        .SelectMany(endpoint => endpoint.SubscribedLater.Select(type => new KeyValuePair<(string, string), byte>((registry.Of(type).Name, endpoint.Name), 0))));
    private readonly ILookup<string, string> subscribers = endpoints.All
        .SelectMany(endpoint => endpoint.MessageTypes.Select(type => (registry.Of(type).Name, Endpoint: endpoint.Name)))
        .ToLookup(pair => pair.Name, pair => pair.Endpoint, StringComparer.Ordinal);

    /// <summary>Woken when something delayed was sent.</summary>
    public Signal Delayed { get; } = new();

    /// <summary>Woken when other processes are to be told.</summary>
    public Signal Notify { get; } = new();

    /// <summary>Set while other processes share the database.</summary>
    public bool HasPeers { get; set; }

    public Signal Of(string endpoint) => byEndpoint[endpoint];

    /// <summary>Wire names of events and names of endpoints that a commit sent to.</summary>
    public void Sent(IReadOnlyCollection<string> touched, bool delayed)
    {
        Here(touched);
        if (delayed)
        {
            Delayed.Set();
        }

        if (!HasPeers || touched.Count == 0)
        {
            return;
        }

        foreach (var name in touched)
        {
            elsewhere[name] = 0;
        }

        Notify.Set();
    }

    /// <summary>Wakes this process's receivers of the events or endpoints.</summary>
    public void Here(IEnumerable<string> touched)
    {
        foreach (var name in touched)
        {
            if (byEndpoint.TryGetValue(name, out var signal))
            {
                signal.Set();
            }

            foreach (var endpoint in subscribers[name].Where(endpoint => !deaf.ContainsKey((name, endpoint))))
            {
                byEndpoint[endpoint].Set();
            }
        }
    }

    /// <summary>
    /// The endpoint got an event that it subscribes to later, so it has: from now on it is woken for it. Until then looking in
    /// vain would be all that it did; the first one in a process is found by polling.
    /// </summary>
    public void Heard(EndpointRuntime endpoint, IReadOnlyList<Taken> taken)
    {
        if (endpoint.SubscribedLater.Count == 0 || deaf.IsEmpty)
        {
            return;
        }

        foreach (var (_, message) in taken)
        {
            deaf.TryRemove((message.Type, endpoint.Name), out _);
        }
    }

    public void All()
    {
        Delayed.Set();
        foreach (var signal in byEndpoint.Values)
        {
            signal.Set();
        }
    }

    /// <summary>What has gathered for other processes since the last call.</summary>
    public string[] TakeElsewhere()
    {
        var names = elsewhere.Keys.ToArray();
        foreach (var name in names)
        {
            elsewhere.TryRemove(name, out _);
        }

        return names;
    }
}
