using System.Collections.Concurrent;
using System.Threading.Channels;
using Orders.Contracts;

namespace Orders.Tests.Integration.Inventory;

/// <summary>Hears what Inventory says, in every process of the test, and lets the test wait for it.</summary>
internal sealed class StockEvents
{
    private readonly Channel<IEvent> heard = Channel.CreateUnbounded<IEvent>();

    public ConcurrentQueue<IEvent> All { get; } = [];

    public void Hear(IEvent message)
    {
        All.Enqueue(message);
        heard.Writer.TryWrite(message);
    }

    /// <summary>Waits for the next one of this type; others before it are passed over.</summary>
    public async Task<T> NextAsync<T>(CancellationToken cancellationToken)
        where T : IEvent
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await heard.Reader.ReadAsync(limit.Token) is T found)
            {
                return found;
            }
        }
    }
}

internal sealed class StockEventsHandler(StockEvents events) :
    IHandleMessages<StockReserved>,
    IHandleMessages<StockShort>,
    IHandleMessages<StockReleased>,
    IHandleMessages<StockCommitted>,
    IHandleMessages<HoldExpired>,
    IHandleMessages<StockLow>
{
    public Task Handle(StockReserved message, IMessageHandlerContext context) => Heard(message);

    public Task Handle(StockShort message, IMessageHandlerContext context) => Heard(message);

    public Task Handle(StockReleased message, IMessageHandlerContext context) => Heard(message);

    public Task Handle(StockCommitted message, IMessageHandlerContext context) => Heard(message);

    public Task Handle(HoldExpired message, IMessageHandlerContext context) => Heard(message);

    public Task Handle(StockLow message, IMessageHandlerContext context) => Heard(message);

    private Task Heard(IEvent message)
    {
        events.Hear(message);
        return Task.CompletedTask;
    }
}
