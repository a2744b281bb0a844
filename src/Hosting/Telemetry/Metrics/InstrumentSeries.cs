using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Orders.Hosting.Telemetry.Metrics;

internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

/// <summary>All series of one instrument. Their number is bounded: labels past it are dropped, the known ones keep counting.</summary>
internal sealed class InstrumentSeries(Instrument instrument)
{
    private const int MaxSeries = 500;

    private static readonly double[] DefaultBounds =
        [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly ConcurrentDictionary<string, Series> series = new(StringComparer.Ordinal);
    // Counters and up-down counters tell differences; gauges, and everything that is observed, tell the value itself.
    private readonly bool tellsValue = instrument.IsObservable || instrument.GetType().GetGenericTypeDefinition() == typeof(Gauge<>);
    private readonly IReadOnlyList<double> bounds = BoundsOf(instrument);

    public Instrument Instrument => instrument;

    public MetricKind Kind { get; } = KindOf(instrument);

    public IReadOnlyList<double> Bounds => bounds;

    public IEnumerable<Series> All => series.Values.OrderBy(one => one.Labels, StringComparer.Ordinal);

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = PrometheusText.Labels(tags);
        if (!series.TryGetValue(labels, out var one))
        {
            if (series.Count >= MaxSeries)
            {
                return;
            }

            one = series.GetOrAdd(labels, static (key, limits) => new(key, limits), bounds);
        }

        if (Kind == MetricKind.Histogram)
        {
            one.Observe(value);
        }
        else if (tellsValue)
        {
            one.Set(value);
        }
        else
        {
            one.Add(value);
        }
    }

    private static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType().GetGenericTypeDefinition();
        return type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
            : type == typeof(Histogram<>) ? MetricKind.Histogram
            : MetricKind.Gauge;
    }

    private static IReadOnlyList<double> BoundsOf(Instrument instrument) =>
        (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries
        ?? (instrument as Histogram<long>)?.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound).ToArray()
        ?? DefaultBounds;
}
