using Orders.Hosting;

namespace Orders.Host.Bench;

/// <summary>What to measure.</summary>
/// <param name="Seconds">The time under load, after the warm-up.</param>
/// <param name="WarmUpSeconds">Load before it, which is not counted: the JIT compiles hot code while it runs.</param>
/// <param name="LimitSeconds">How long the limit is measured, right after.</param>
/// <param name="Clients">Keep-alive connections, each with one request at a time.</param>
/// <param name="Gateway">How the pipeline reaches provider and carrier: <c>http</c> or <c>inprocess</c>.</param>
/// <param name="Transport"><c>Postgres</c>, or <c>RabbitMq</c> with a broker of the bench's own.</param>
internal sealed record BenchOptions(int Seconds, int WarmUpSeconds, int LimitSeconds, int Clients, string Gateway, MessageTransport Transport)
{
    /// <summary>Items in the catalogue; each order takes two of them.</summary>
    public const int Items = 1_000;
}
