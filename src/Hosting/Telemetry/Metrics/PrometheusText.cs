using System.Globalization;
using System.Text;

namespace Orders.Hosting.Telemetry.Metrics;

/// <summary>Writes the Prometheus text exposition format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Render(IEnumerable<InstrumentSeries> instruments)
    {
        var text = new StringBuilder();
        // Two instruments may come out under one name; a name must be described once.
        foreach (var metric in instruments.GroupBy(Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var first = metric.First();
            text.Append("# HELP ").Append(metric.Key).Append(' ').Append(EscapeHelp(first.Instrument.Description ?? "")).Append('\n');
            text.Append("# TYPE ").Append(metric.Key).Append(' ').Append(Type(first.Kind)).Append('\n');
            foreach (var instrument in metric.Where(one => one.Kind == first.Kind))
            {
                AppendSeries(text, metric.Key, instrument);
            }
        }

        return text.ToString();
    }

    /// <summary>The inside of the braces, sorted by name, values escaped.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0)
        {
            return "";
        }

        var parts = new List<string>(tags.Length);
        foreach (var (name, value) in tags)
        {
            parts.Add($"{Identifier(name)}=\"{EscapeValue(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")}\"");
        }

        parts.Sort(StringComparer.Ordinal);
        return string.Join(',', parts);
    }

    internal static string EscapeValue(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    internal static string EscapeHelp(string help) => help
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    private static void AppendSeries(StringBuilder text, string name, InstrumentSeries instrument)
    {
        foreach (var series in instrument.All)
        {
            var (sum, count, buckets) = series.Read();
            if (instrument.Kind != MetricKind.Histogram)
            {
                AppendLine(text, name, series.Labels, sum);
                continue;
            }

            var comma = series.Labels.Length == 0 ? "" : ",";
            var running = 0L;
            for (var i = 0; i < buckets.Length; i++)
            {
                running += buckets[i];
                var bound = i < instrument.Bounds.Count ? Number(instrument.Bounds[i]) : "+Inf";
                AppendLine(text, name + "_bucket", $"{series.Labels}{comma}le=\"{bound}\"", running);
            }

            AppendLine(text, name + "_sum", series.Labels, sum);
            AppendLine(text, name + "_count", series.Labels, count);
        }
    }

    private static void AppendLine(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Name(InstrumentSeries series)
    {
        var name = Identifier(series.Instrument.Name);
        var unit = Unit(series.Instrument.Unit);
        if (unit.Length > 0 && !name.EndsWith(unit, StringComparison.Ordinal))
        {
            name = $"{name}_{unit}";
        }

        return series.Kind == MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static string Unit(string? unit) => unit switch
    {
        "s" => "seconds",
        "ms" => "milliseconds",
        "By" => "bytes",
        _ => "",
    };

    private static string Type(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Gauge => "gauge",
        MetricKind.Histogram => "histogram",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of metric."),
    };

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    // Letters, digits and underscores, not beginning with a digit.
    private static string Identifier(string name)
    {
        var safe = string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'));
        return safe.Length > 0 && char.IsAsciiDigit(safe[0]) ? "_" + safe : safe;
    }
}
