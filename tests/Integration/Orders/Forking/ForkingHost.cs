using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orders.Api.OrderProcess;
using Orders.Bus.History;
using Orders.Host.Serve;
using Orders.Hosting;
using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.Integration.OrdersApi.Forking;

/// <summary>All modules in one process, with an order process that may hold a planted bug.</summary>
internal sealed class ForkingHost : IAsyncDisposable
{
    private readonly OrdersProcess process;

    private ForkingHost(OrdersProcess process) => (this.process, Shop) = (process, new(process.Url));

    public Shop Shop { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<ForkingHost> StartAsync(string connection, OrderTransitions? table = null) => new(await OrdersProcess.StartAsync(
        new()
        {
            Urls = "http://127.0.0.1:0",
            Connection = connection,
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Orders:Gateway"] = "inprocess" },
        },
        builder =>
        {
            Modules.AddAll(builder);
            builder.Services.Replace(ServiceDescriptor.Singleton(table ?? OrderTransitions.Current));
        },
        Token));

    /// <summary>The process with one rule replaced.</summary>
    public static OrderTransitions With(OrderState from, Type message, Func<Rule, Rule> bug) =>
        new([.. OrderTransitions.Current.All.Select(rule => rule.From == from && rule.Message == message ? bug(rule) : rule)]);

    public async Task<IReadOnlyList<HistoryStep>> HistoryAsync(string order)
    {
        using var answer = await Shop.SendAsync(Shop.As(Shop.Operator, HttpMethod.Get, $"/api/orders/{order}/history"), Token);
        var lines = await answer.Content.ReadAsStringAsync(Token);
        return answer.IsSuccessStatusCode
            ? [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Text.Json.JsonSerializer.Deserialize(line, HistoryJson.Default.HistoryStep)!)]
            : [];
    }

    /// <summary>Waits until the order's process has heard the message.</summary>
    public async Task<HistoryStep> HasHeardAsync(string order, string message)
    {
        HistoryStep? heard = null;
        await Eventually.NothingIsMissingAsync(
            async _ => (heard = (await HistoryAsync(order)).LastOrDefault(step => step.Message.Type == message)) is null ? $"{message} of order {order}" : null, Token);
        return heard!;
    }

    /// <returns>Status and body.</returns>
    public async Task<(int Status, JsonNode Body)> ForkAsync(string order, object request, string token = Shop.Operator)
    {
        using var post = Shop.As(token, HttpMethod.Post, $"/api/orders/{order}/fork");
        post.Content = JsonContent.Create(request);
        using var answer = await Shop.SendAsync(post, Token);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!);
    }

    public async ValueTask DisposeAsync()
    {
        Shop.Dispose();
        await process.DisposeAsync();
    }
}
