using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>One PostgreSQL for all endpoints: whoever sends writes the receiver's delivery, and there is nothing left to carry.</summary>
internal sealed class SharedDatabase(NpgsqlDataSource source) : ITransport
{
    public static TransportKind Kind { get; } = new(Bridges: false, InboxRetention: null);

    /// <exception cref="TransportException">Messages wait for a broker: without one they would wait for ever.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "select exists (select from bus.outgoing) or exists (select from bus.delayed where away)");
        if (await command.ExecuteScalarAsync(cancellationToken) is true)
        {
            throw new TransportException(
                "Messages in this database wait for RabbitMQ. Start with --transport rabbitmq until they have left and its queues are empty, then change the transport.");
        }
    }

    public Task RunAsync(CancellationToken stopping) => Task.CompletedTask;
}
