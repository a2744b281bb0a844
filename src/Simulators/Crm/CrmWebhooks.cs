using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Orders.Simulators.Crm;

/// <summary>
/// Sends changes to the webhook, in their order unless told to shuffle them. What a stopping process has not sent is lost, as
/// with a CRM that gave up: reconciliation finds it. Thread-safe.
/// </summary>
internal sealed class CrmWebhooks : IAsyncDisposable
{
    private const int SendsAtOnce = 8;
    private static readonly TimeSpan HeldBack = TimeSpan.FromMilliseconds(100);

    private readonly Lock guard = new();

    // A fixed seed: a run with the same changes in the same order loses the same ones.
    private readonly Random random = new(17);
    private readonly Channel<CrmWebhook> queue = Channel.CreateUnbounded<CrmWebhook>(new() { SingleReader = true });
    private readonly CancellationTokenSource stopping = new();
    private readonly CrmWebhookSender sender;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly Task loop;
    private int pending;

    public CrmWebhooks(CrmWebhookSender sender, TimeProvider clock, ILogger<CrmWebhooks> logger)
    {
        (this.sender, this.clock, this.logger) = (sender, clock, logger);
        loop = Task.Run(RunAsync);
    }

    public CrmFaults Faults { get; set; } = new();

    /// <summary>How many are not sent yet.</summary>
    public int Pending => Volatile.Read(ref pending);

    public void Tell(ContactChange change)
    {
        var faults = Faults;
        if (Draw() < faults.Drop)
        {
            return;
        }

        var webhook = CrmWebhook.Of(change, clock.GetUtcNow());
        var times = Draw() < faults.Duplicate ? 2 : 1;
        for (var time = 0; time < times; time++)
        {
            Interlocked.Increment(ref pending);
            queue.Writer.TryWrite(webhook);
        }
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await stopping.CancelAsync();
        await loop;
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (await queue.Reader.WaitToReadAsync(stopping.Token))
            {
                var shuffle = Faults.Shuffle;
                if (shuffle)
                {
                    await Task.Delay(HeldBack, clock, stopping.Token);
                }

                await SendAsync(shuffle);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            logger.LogDebug("The simulated CRM has stopped with {Pending} webhooks unsent.", Pending);
        }
    }

    private async Task SendAsync(bool shuffle)
    {
        var some = new List<CrmWebhook>();
        while (queue.Reader.TryRead(out var webhook))
        {
            some.Add(webhook);
        }

        var inOrder = some.ToArray();
        if (shuffle)
        {
            lock (guard)
            {
                random.Shuffle(inOrder);
            }
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = shuffle ? SendsAtOnce : 1, CancellationToken = stopping.Token };
        await Parallel.ForEachAsync(inOrder, options, async (webhook, token) =>
        {
            await sender.SendAsync(webhook, token);
            Interlocked.Decrement(ref pending);
        });
    }

    private double Draw()
    {
        lock (guard)
        {
            return random.NextDouble();
        }
    }
}
