using Orders.Hosting;
using Orders.Hosting.RabbitMq;
using RabbitMQ.Client;

namespace Orders.Tests.Integration.Hosting;

public sealed class EmbeddedRabbitMqTests : IDisposable
{
    private static readonly CreateChannelOptions Confirmed = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    private readonly string folder = Directory.CreateTempSubdirectory("orders-rabbitmq-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_it_has_confirmed_is_there_after_the_next_start_and_nothing_runs_in_between()
    {
        int process;
        await using (var first = await StartAsync())
        {
            process = first.ProcessId;
            await using var connection = await ConnectAsync(first);
            await using var channel = await connection.CreateChannelAsync(Confirmed, Token);
            await channel.QueueDeclareAsync("kept", durable: true, exclusive: false, autoDelete: false, Quorum(), cancellationToken: Token);
            await channel.BasicPublishAsync("", "kept", new byte[] { 7 }, Token);
        }

        Assert.False(Directory.Exists($"/proc/{process}"));
        await using var second = await StartAsync();
        await using var again = await ConnectAsync(second);
        await using var reader = await again.CreateChannelAsync(cancellationToken: Token);
        Assert.Equal(7, Assert.Single((await reader.BasicGetAsync("kept", autoAck: true, Token))!.Body.ToArray()));
    }

    [Fact]
    public async Task A_folder_is_held_by_one_host_at_a_time()
    {
        await using var first = await StartAsync();

        var refused = await Assert.ThrowsAsync<StartupException>(StartAsync);

        Assert.Contains("in use by another host", refused.Message, StringComparison.Ordinal);
    }

    private Task<EmbeddedRabbitMq> StartAsync() => EmbeddedRabbitMq.StartAsync(folder, TimeProvider.System, Token);

    private static Task<IConnection> ConnectAsync(EmbeddedRabbitMq broker) => new ConnectionFactory { Uri = broker.Url }.CreateConnectionAsync(Token);

    private static Dictionary<string, object?> Quorum() => new(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" };
}
