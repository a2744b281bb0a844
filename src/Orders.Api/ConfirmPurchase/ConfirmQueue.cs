using System.Threading.Channels;

namespace Orders.Api.ConfirmPurchase;

/// <summary>
/// Confirms that wait for the committer. Bounded, to about what is committed in a second under load: when it is full the
/// shopper is asked to come back.
/// </summary>
internal sealed class ConfirmQueue(int capacity = ConfirmQueue.DefaultCapacity)
{
    public const int DefaultCapacity = 512;

    private readonly Channel<PendingConfirm> channel = Channel.CreateBounded<PendingConfirm>(
        new BoundedChannelOptions(capacity) { SingleReader = true });

    public ChannelReader<PendingConfirm> Reader => channel.Reader;

    public bool IsFull => channel.Reader.Count >= capacity;

    /// <summary>Null when the queue is full, or closed because the process stops.</summary>
    public PendingConfirm? TryAdd(ConfirmRequest request)
    {
        var pending = new PendingConfirm(request);
        return channel.Writer.TryWrite(pending) ? pending : null;
    }

    public void Close() => channel.Writer.TryComplete();
}

/// <summary>One waiting confirm and the promise of its outcome.</summary>
internal sealed class PendingConfirm(ConfirmRequest request)
{
    private readonly TaskCompletionSource<ConfirmOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConfirmRequest Request => request;

    /// <summary>Completes once the outcome is committed.</summary>
    public Task<ConfirmOutcome> Outcome => outcome.Task;

    public void Answer(ConfirmOutcome value) => outcome.TrySetResult(value);

    public void Fail(Exception fault) => outcome.TrySetException(fault);
}
