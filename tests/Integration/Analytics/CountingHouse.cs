using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Analytics;
using Orders.Analytics.Rebuilding;
using Orders.Bus.Storage;
using Orders.Contracts;
using Orders.Hosting;
using Orders.Tests.Support.Running;

namespace Orders.Tests.Integration.Analytics;

/// <summary>A process that runs Analytics alone.</summary>
internal sealed class CountingHouse(OrdersProcess process) : IAsyncDisposable
{
    // Everything that is counted, as one text: two states are the same where their texts are.
    private const string Everything =
        """
        SELECT concat_ws(E'\n',
            (SELECT string_agg(f::text, E'\n' ORDER BY order_id) FROM analytics.order_fact AS f),
            (SELECT string_agg(s::text, E'\n' ORDER BY hour, currency) FROM analytics.sales_hour AS s),
            (SELECT string_agg(i::text, E'\n' ORDER BY sku, currency) FROM analytics.item AS i),
            (SELECT string_agg(p::text, E'\n' ORDER BY a, b) FROM analytics.pair AS p))
        """;

    public HttpClient Http { get; } = new() { BaseAddress = process.Url, DefaultRequestHeaders = { Authorization = new("Bearer", "demo-operator") } };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<CountingHouse> OpenAsync(string connection) => new(await OrdersProcess.StartAsync(
        new() { Urls = "http://127.0.0.1:0", Connection = connection }, builder => builder.AddAnalyticsModule(), Token));

    public static OrderPlaced Order(DateTimeOffset at, string currency, params (string Sku, int Quantity)[] lines) => new(
        Guid.CreateVersion7(), null, at, false, null,
        [.. lines.Select(line => new OrderLine(line.Sku, $"{line.Sku} of {at:HH:mm}", line.Quantity, new(250, currency)))],
        new(lines.Sum(line => 250L * line.Quantity), currency),
        new("tok_ok"), new("David Xiang", "1 Main St", "Springfield", "12345", "US"));

    public Task PublishAsync(params IEnumerable<IEvent> events) => process.Services.GetRequiredService<ITransactions>().RunAsync(
        AnalyticsModule.Name,
        async transaction =>
        {
            foreach (var message in events)
            {
                await transaction.Publish(message);
            }
        },
        Token);

    public Task<bool> RebuildAsync() => process.Services.GetRequiredService<Rebuild>().RunAsync(Token);

    /// <summary>Waits until every message is handled: a delivery goes with the commit of its effects.</summary>
    public Task DrainedAsync() => Eventually.NothingIsLeftAsync(() => ReadAsync<long>("SELECT count(*) FROM bus.delivery"));

    public Task<string> EverythingAsync() => ReadAsync<string>(Everything);

    public async Task<T> ReadAsync<T>(string sql)
    {
        await using var command = process.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Token))!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await process.DisposeAsync();
    }
}
