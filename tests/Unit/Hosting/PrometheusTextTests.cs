using System.Diagnostics.Metrics;
using Orders.Hosting.Telemetry.Metrics;

namespace Orders.Tests.Unit.Hosting;

public sealed class PrometheusTextTests
{
    [Fact]
    public void Label_values_and_help_are_escaped()
    {
        var text = Render("escaping", meter => meter
            .CreateCounter<long>("hits", description: "a\\b\nc")
            .Add(1, KeyValuePair.Create<string, object?>("http.route", "say \"hi\"\\\n")));

        Assert.Equal(
            "# HELP hits_total a\\\\b\\nc\n# TYPE hits_total counter\nhits_total{http_route=\"say \\\"hi\\\"\\\\\\n\"} 1\n", text);
    }

    [Fact]
    public void A_histogram_counts_upwards_to_infinity()
    {
        var text = Render("histogram", meter =>
        {
            var histogram = meter.CreateHistogram(
                "wait", "s", "w", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
            histogram.Record(0.1);
            histogram.Record(0.5);
            histogram.Record(7);
        });

        Assert.Equal(
            """
            # HELP wait_seconds w
            # TYPE wait_seconds histogram
            wait_seconds_bucket{le="0.1"} 1
            wait_seconds_bucket{le="1"} 2
            wait_seconds_bucket{le="+Inf"} 3
            wait_seconds_sum 7.6
            wait_seconds_count 3

            """,
            text);
    }

    [Fact]
    public void Differences_add_up_and_observed_values_stand_as_they_are()
    {
        using var meter = new Meter("kinds");
        using var collector = new MetricsCollector(name => name == "kinds");
        var level = meter.CreateUpDownCounter<int>("level");
        meter.CreateObservableCounter("total", () => 40);
        level.Add(5);
        level.Add(-2);

        collector.Render();
        var text = collector.Render();

        Assert.Contains("\nlevel 3\n", text, StringComparison.Ordinal);
        Assert.Contains("\ntotal 40\n", text.Replace("total_total", "total", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_come_in_one_order_whatever_order_they_were_given_in() => Assert.Equal(
        "a=\"1\",b=\"2\"", PrometheusText.Labels([KeyValuePair.Create<string, object?>("b", 2), KeyValuePair.Create<string, object?>("a", 1)]));

    private static string Render(string name, Action<Meter> measure)
    {
        using var meter = new Meter("test." + name);
        using var collector = new MetricsCollector(listened => listened == "test." + name);
        measure(meter);
        return collector.Render();
    }
}
