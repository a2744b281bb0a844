using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Orders.Api.OrderViews;

namespace Orders.Api.WatchOrder;

/// <summary>The text of events: <c>id</c> the version, <c>event</c> the timeline's event, <c>data</c> the document on one line.</summary>
internal static class ServerSentEvents
{
    /// <summary>One event for each timeline entry after the version that was seen.</summary>
    public static void Write(PipeWriter output, OrderDocument order, byte[] json, int seen)
    {
        for (var version = seen + 1; version <= order.Version; version++)
        {
            Text(output, $"id: {version}\nevent: {order.Timeline[version - 1].Event}\ndata: ");
            output.Write(json);
            Text(output, "\n\n");
        }
    }

    /// <summary>A comment, which clients skip.</summary>
    public static void WriteHeartbeat(PipeWriter output) => Text(output, ": still here\n\n");

    private static void Text(PipeWriter output, string text) => Encoding.UTF8.GetBytes(text, output);
}
