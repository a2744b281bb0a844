namespace Orders.Hosting.Telemetry.Metrics;

/// <summary>The values of one instrument under one set of labels. Thread-safe.</summary>
internal sealed class Series(string labels, IReadOnlyList<double> bounds)
{
    private readonly Lock gate = new();
    private readonly long[] buckets = new long[bounds.Count + 1];
    private double sum;
    private long count;

    /// <summary>As the text format wants them: <c>method="GET",route="/a"</c>, escaped.</summary>
    public string Labels => labels;

    public void Add(double value)
    {
        lock (gate)
        {
            sum += value;
        }
    }

    public void Set(double value)
    {
        lock (gate)
        {
            sum = value;
        }
    }

    public void Observe(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Count && value > bounds[bucket])
        {
            bucket++;
        }

        lock (gate)
        {
            buckets[bucket]++;
            sum += value;
            count++;
        }
    }

    public (double Sum, long Count, long[] Buckets) Read()
    {
        lock (gate)
        {
            return (sum, count, [.. buckets]);
        }
    }
}
