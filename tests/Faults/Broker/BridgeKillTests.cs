using Orders.Tests.Faults.Running;
using Orders.Tests.Support;

namespace Orders.Tests.Faults.Broker;

/// <summary>The worker dies, as by kill -9, between two steps of the bridge: what has left leaves again, what has come comes again.</summary>
public sealed class BridgeKillTests(PostgresServer server, Tally tally) : IAsyncLifetime
{
    /// <summary>128 and the signal's number.</summary>
    private const int Killed = 137;

    private static readonly string[] Everywhere = ["after-publish", "after-departure", "after-arrival", "after-store", "after-acknowledge"];

    private readonly RabbitMqServer broker = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => broker.InitializeAsync();

    public ValueTask DisposeAsync() => broker.DisposeAsync();

    [Fact]
    public async Task Killed_between_publish_confirm_store_and_acknowledgement_every_order_ends_once()
    {
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        run.Settings["Orders__RabbitMq__Prefix"] = $"kills-{run.Seed}";
        var worker = await run.AddWorkerAsync(Token, null, null, null, "--transport", "rabbitmq", "--broker", broker.Url.ToString());
        using var crowd = new Crowd([worker.Url], FaultRun.Sku);
        var random = run.Random();

        await worker.KillAsync(Token);
        // Shoppers do not give up: those of one life are answered in the next.
        var placing = Task.CompletedTask;
        foreach (var point in Everywhere)
        {
            worker.Launch(run.With(new Dictionary<string, string>(StringComparer.Ordinal) { ["Orders__FaultPoint"] = $"{point}:{random.Next(1, 6)}" }));
            var death = worker.ExitAsync(Token);
            while (!death.IsCompleted)
            {
                if (placing.IsCompleted)
                {
                    await placing;
                    placing = crowd.PlaceAsync(10, 4, TimeSpan.Zero, Token);
                }

                await Task.WhenAny(placing, death);
            }

            Assert.Equal(Killed, await death);
        }

        await worker.StartAgainAsync(run.Settings, Token);
        await placing;
        run.Counts += new Counts(Kills: Everywhere.Length);
        await run.EndAsync(crowd, Token);
    }
}
