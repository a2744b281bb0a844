using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Orders.Bus.Engine;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Orders.Bus.RabbitMq;

/// <summary>Opens connections and opens them again. One a purpose: a broker short of memory stops reading from those that publish.</summary>
internal sealed class Broker(RabbitMqSettings settings, Topology topology, TimeProvider clock, Random random, ILogger<Broker> logger)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);

    private readonly Connector connector = new(settings, clock);

    /// <summary>Connects once and declares everything.</summary>
    /// <exception cref="TransportException">The broker is there but does not let us work: the message says what to change.</exception>
    /// <returns>False when there is no broker: it is tried again for as long as it takes.</returns>
    public async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await connector.ConnectAsync("orders start", cancellationToken);
            await topology.DeclareAsync(connection, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is not TransportException && !cancellationToken.IsCancellationRequested)
        {
            if (Refusal(e) is { } refusal)
            {
                throw new TransportException(refusal, e);
            }

            logger.LogWarning(
                "RabbitMQ at {Address} is away ({Reason}): what is for other endpoints waits in the outbox until it is back", settings.Address, e.GetBaseException().Message);
            return false;
        }
    }

    /// <summary>Does the work on a connection, again and again, until stopped. The work's token is cancelled with the connection.</summary>
    public async Task RunAsync(string purpose, Func<IConnection, CancellationToken, Task> work, CancellationToken stopping)
    {
        for (var attempt = 0; !stopping.IsCancellationRequested; attempt++)
        {
            var began = clock.GetTimestamp();
            try
            {
                await WorkAsync(purpose, work, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // A connection that held for a while was no failed attempt.
                attempt = clock.GetElapsedTime(began) > settings.ReconnectWithin + Connector.Patience ? 0 : attempt;
                logger.Log(
                    attempt == 0 || !IsOfTheBroker(e) ? LogLevel.Warning : LogLevel.Debug,
                    IsOfTheBroker(e) ? null : e,
                    "RabbitMQ at {Address} is away for {Purpose}; trying again: {Reason}", settings.Address, purpose, Refusal(e) ?? e.GetBaseException().Message);
            }

            await Task.Delay(Wait(attempt, settings.ReconnectWithin, random.NextDouble()), clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Pure: doubles from 250 ms up to the limit, and takes between half and all of it, so that processes do not return together.</summary>
    internal static TimeSpan Wait(int attempt, TimeSpan longest, double jitter)
    {
        var doubled = Math.Min(FirstWait.TotalSeconds * Math.Pow(2, Math.Min(attempt, 30)), longest.TotalSeconds);
        return TimeSpan.FromSeconds(doubled * (0.5 + (jitter / 2)));
    }

    private async Task WorkAsync(string purpose, Func<IConnection, CancellationToken, Task> work, CancellationToken stopping)
    {
        var connection = await connector.ConnectAsync($"orders {purpose}", stopping);
        using var open = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        connection.ConnectionShutdownAsync += (_, _) => open.CancelAsync();
        connection.ConnectionBlockedAsync += (_, blocked) =>
        {
            logger.LogWarning("RabbitMQ takes nothing for the time being: {Reason}. Messages wait in the outbox", blocked.Reason);
            return Task.CompletedTask;
        };
        try
        {
            await topology.DeclareAsync(connection, stopping);
            BridgeTelemetry.Connected(purpose, isOpen: true);
            logger.LogInformation("Connected to RabbitMQ at {Address} for {Purpose}", settings.Address, purpose);
            await work(connection, open.Token);
        }
        catch (OperationCanceledException e) when (!stopping.IsCancellationRequested)
        {
            throw new TransportException($"The connection was closed: {connection.CloseReason?.ReplyText}", e);
        }
        finally
        {
            BridgeTelemetry.Connected(purpose, isOpen: false);
            await connection.AbortAsync(Connector.Patience);
            await connection.DisposeAsync();
        }
    }

    /// <summary>Pure: false for a fault of our own, whose stack somebody has to see each time.</summary>
    internal static bool IsOfTheBroker(Exception e) =>
        e is RabbitMQClientException or IOException or SocketException or TimeoutException or TransportException;

    /// <summary>What to change where waiting does not help; null where the broker is merely away.</summary>
    private string? Refusal(Exception? e) => e switch
    {
        null => null,
        TransportException => e.Message,
        AuthenticationFailureException or PossibleAuthenticationFailureException =>
            $"RabbitMQ at {settings.Address} refuses the user '{connector.UserName}'. Check user, password and virtual host in --broker.",
        OperationInterruptedException { ShutdownReason: { ReplyCode: Constants.NotAllowed or Constants.AccessRefused } reason } =>
            $"RabbitMQ at {settings.Address} refuses: {reason.ReplyText}. Make the virtual host and give '{connector.UserName}' all rights to it (rabbitmqctl add_vhost, set_permissions).",
        _ => Refusal(e.InnerException),
    };
}
