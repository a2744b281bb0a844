using System.Diagnostics.Metrics;
using Orders.Bus.Engine;

namespace Orders.Bus.RabbitMq;

/// <summary>The bridge's instruments, in the engine's meter.</summary>
internal static class BridgeTelemetry
{
    private static readonly Meter Meter = new(BusTelemetry.Name);
    private static readonly Gauge<int> ConnectedNow = Meter.CreateGauge<int>("orders_bus_broker_connected", description: "1 while the connection to RabbitMQ is open, else 0.");
    private static readonly Counter<long> PublishedMessages = Meter.CreateCounter<long>("orders_bus_published", description: "Messages that RabbitMQ has confirmed.");
    private static readonly Counter<long> UnroutableMessages = Meter.CreateCounter<long>("orders_bus_unroutable", description: "Commands that RabbitMQ had no queue for, each attempt.");
    private static readonly Counter<long> ReceivedMessages = Meter.CreateCounter<long>("orders_bus_received", description: "Messages stored from RabbitMQ.");
    private static readonly Counter<long> DuplicateMessages = Meter.CreateCounter<long>("orders_bus_duplicates", description: "Messages from RabbitMQ that had come before and were dropped.");

    public static void Connected(string purpose, bool isOpen) => ConnectedNow.Record(isOpen ? 1 : 0, new KeyValuePair<string, object?>("connection", purpose));

    public static void Published(int confirmed, int unroutable)
    {
        PublishedMessages.Add(confirmed);
        UnroutableMessages.Add(unroutable);
    }

    public static void Received(string endpoint, int fresh, int duplicates)
    {
        var tag = new KeyValuePair<string, object?>("endpoint", endpoint);
        ReceivedMessages.Add(fresh, tag);
        DuplicateMessages.Add(duplicates, tag);
    }
}
