using RabbitMQ.Client;

namespace Orders.Bus.RabbitMq;

/// <summary>Opens single connections, each within a limit.</summary>
internal sealed class Connector(RabbitMqSettings settings, TimeProvider clock)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConnectionFactory factory = new()
    {
        Uri = settings.Broker,
        // Reconnecting is ours, so that everything is declared and taken up from the start each time.
        AutomaticRecoveryEnabled = false,
        RequestedConnectionTimeout = Patience,
        HandshakeContinuationTimeout = Patience,
        // A broker that has just come back may leave a request unanswered for ever: better to connect anew.
        ContinuationTimeout = Patience,
        RequestedHeartbeat = TimeSpan.FromSeconds(10),
        // Whatever a broker can be told to take: a message that is too large is for the error queue, not for the connection to end by.
        MaxInboundMessageBodySize = 512 * 1024 * 1024,
    };

    public string UserName => factory.UserName;

    /// <summary>
    /// Opens one. The client's own limits begin with the broker's first word: one that takes connections and says nothing is not
    /// waited for, either.
    /// </summary>
    /// <exception cref="TimeoutException">It does not answer.</exception>
    public async Task<IConnection> ConnectAsync(string name, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var connecting = factory.CreateConnectionAsync(name, either.Token);
        try
        {
            return await connecting.WaitAsync(either.Token);
        }
        catch (OperationCanceledException e)
        {
            _ = DropAsync(connecting);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"It does not answer within {Patience.TotalSeconds} s.", e);
        }
    }

    /// <summary>Nobody waits for it any more.</summary>
    private static async Task DropAsync(Task<IConnection> connecting)
    {
        await ((Task)connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (connecting.IsCompletedSuccessfully)
        {
            await (await connecting).DisposeAsync();
        }
    }
}
