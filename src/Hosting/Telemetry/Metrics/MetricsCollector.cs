using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Orders.Hosting.Telemetry.Metrics;

/// <summary>
/// Listens to .NET's own meters and keeps their present values, for Prometheus to fetch. (Its exporter package is a
/// pre-release; the listener is part of the runtime.)
/// </summary>
internal sealed class MetricsCollector : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<Instrument, InstrumentSeries> instruments = [];
    private readonly Func<string, bool> isWanted;

    public MetricsCollector()
        : this(meter => meter is "System.Runtime" or "Microsoft.AspNetCore.Hosting" || meter.StartsWith("Orders.", StringComparison.Ordinal))
    {
    }

    /// <param name="isWanted">Whether to listen to the meter of this name.</param>
    internal MetricsCollector(Func<string, bool> isWanted)
    {
        this.isWanted = isWanted;
        listener.InstrumentPublished = Publish;
        listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((InstrumentSeries)state!).Record(value, tags));
        listener.SetMeasurementEventCallback<float>((_, value, tags, state) => ((InstrumentSeries)state!).Record(value, tags));
        listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((InstrumentSeries)state!).Record(value, tags));
        listener.SetMeasurementEventCallback<int>((_, value, tags, state) => ((InstrumentSeries)state!).Record(value, tags));
        listener.Start();
    }

    /// <summary>Everything, in the Prometheus text format 0.0.4.</summary>
    public string Render()
    {
        listener.RecordObservableInstruments();
        return PrometheusText.Render(instruments.Values);
    }

    public void Dispose() => listener.Dispose();

    private void Publish(Instrument instrument, MeterListener to)
    {
        if (isWanted(instrument.Meter.Name))
        {
            to.EnableMeasurementEvents(instrument, instruments.GetOrAdd(instrument, static made => new(made)));
        }
    }
}
