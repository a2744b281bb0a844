using System.Collections.Concurrent;
using System.Text.Json;

namespace Orders.Host.Bench.Webhooks;

/// <summary>What one receiver got. Thread-safe.</summary>
internal sealed class Mailbox(Uri url)
{
    private readonly ConcurrentQueue<Receipt> receipts = new();

    public Uri Url => url;

    /// <summary>How long a sender waits for its answer.</summary>
    public TimeSpan AnswersAfter { get; set; }

    public int Count => receipts.Count;

    public void Add(Receipt receipt) => receipts.Enqueue(receipt);

    /// <summary>Everything up to now, in the order in which it came; the mailbox is empty then.</summary>
    public List<Receipt> TakeAll()
    {
        var taken = new List<Receipt>(receipts.Count);
        while (receipts.TryDequeue(out var receipt))
        {
            taken.Add(receipt);
        }

        return taken;
    }
}

/// <summary>One call.</summary>
/// <param name="Id">The <c>webhook-id</c>.</param>
/// <param name="At">When it came.</param>
/// <param name="Body">As it came.</param>
internal sealed record Receipt(Guid Id, DateTimeOffset At, byte[] Body)
{
    public (string Order, int Version, DateTimeOffset Happened) Read()
    {
        using var json = JsonDocument.Parse(Body);
        var data = json.RootElement.GetProperty("data");
        return (data.GetProperty("orderId").GetString()!, data.GetProperty("version").GetInt32(), json.RootElement.GetProperty("timestamp").GetDateTimeOffset());
    }
}
