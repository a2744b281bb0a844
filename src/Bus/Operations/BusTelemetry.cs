using System.Diagnostics;
using System.Diagnostics.Metrics;
using Orders.Bus.Activities;

namespace Orders.Bus.Engine;

/// <summary>The engine's spans and instruments, under the name <c>Orders.Bus</c>. Attribute names follow OpenTelemetry's messaging conventions.</summary>
public static class BusTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Orders.Bus";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Handled = Meter.CreateCounter<long>("orders_bus_messages_handled", description: "Deliveries handled.");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("orders_bus_messages_failed", description: "Deliveries set aside for a delayed retry or the error queue.");
    private static readonly Histogram<double> BatchSeconds = Meter.CreateHistogram<double>("orders_bus_batch_seconds", "s", "Time from take to commit of a batch.");
    private static readonly Counter<long> Activities = Meter.CreateCounter<long>("orders_bus_activities", description: "Calls to the outside world, by how they ended.");

    internal static Activity? StartHandling(string endpoint, IncomingMessage message)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var span = Source.StartActivity($"process {message.Type}", ActivityKind.Consumer, message.Trace);
        span?.SetTag("messaging.system", "orders");
        span?.SetTag("messaging.destination.name", endpoint);
        span?.SetTag("messaging.message.id", message.Id);
        return span;
    }

    internal static Activity? StartActivity(string endpoint, ActivityWork work)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var span = Source.StartActivity($"activity {work.Request.Body.GetType().Name}", ActivityKind.Internal, work.Request.Trace);
        span?.SetTag("messaging.destination.name", endpoint);
        span?.SetTag("orders.activity.attempt", work.Attempt);
        return span;
    }

    internal static void BatchHandled(string endpoint, int count, TimeSpan elapsed)
    {
        var tag = new KeyValuePair<string, object?>("endpoint", endpoint);
        Handled.Add(count, tag);
        BatchSeconds.Record(elapsed.TotalSeconds, tag);
    }

    internal static void Failed(string endpoint) => Failures.Add(1, new KeyValuePair<string, object?>("endpoint", endpoint));

    internal static void ActivityEnded(string destination, string outcome) => Activities.Add(
        1, new KeyValuePair<string, object?>("destination", destination), new KeyValuePair<string, object?>("outcome", outcome));
}
