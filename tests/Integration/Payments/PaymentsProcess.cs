using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Bus.Engine;
using Orders.Contracts;
using Orders.Hosting;
using Orders.Payments;
using Orders.Payments.Reconcile;
using Orders.Simulators;
using Orders.Tests.Support;

namespace Orders.Tests.Integration.Payments;

/// <summary>The module and the simulated provider in one process: Kestrel on a free port, a real PostgreSQL, a listener for what is said.</summary>
public sealed class PaymentsProcess(PostgresServer postgres) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private OrdersProcess? process;

    public HttpClient Http { get; } = new();

    internal Said Said { get; } = new();

    internal string Connection { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Connection = await postgres.CreateDatabaseAsync();
        await StartAsync();
    }

    public async Task StartAsync()
    {
        process = await OrdersProcess.StartAsync(
            new()
            {
                Urls = "http://127.0.0.1:0",
                Connection = Connection,
                Settings = new Dictionary<string, string?>
                {
                    ["Orders:PaymentDeadline"] = "00:00:06",
                    ["Orders:ReconciliationInterval"] = "01:00:00",
                },
            },
            builder =>
            {
                builder.AddPaymentsModule();
                builder.Services.AddSimulators().AddSingleton(Said).AddBusEndpoint("listener", endpoint => endpoint.Handler<Listener>());
                builder.MapRoutes(routes => routes.MapSimulators());
            },
            CancellationToken.None);
        Http.BaseAddress ??= process.Url;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await process!.DisposeAsync();
    }

    public async Task<Guid> PlaceAsync(string card, string? giftCard = null, long total = 1000)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await PublishAsync(new OrderPlaced(
            id, "david", TimeProvider.System.GetUtcNow(), false, null, [new("1", "Thing", 1, new(total, "USD"))], new(total, "USD"),
            new(card, giftCard), new("D", "1 Main St", "S", "1", "US")));
        return id;
    }

    public Task PublishAsync(IEvent happened) => process!.Services.GetRequiredService<IMessageSession>().Publish(happened);

    public Task SendAsync(ICommand command) => process!.Services.GetRequiredService<IMessageSession>().Send(command);

    public Task<T> HearAsync<T>(Guid orderId)
        where T : IEvent => Said.HearAsync<T>(orderId).WaitAsync(Patience);

    public async Task<(int Healed, int Differing)> ReconcileAsync()
    {
        await using var scope = process!.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<Reconciliation>().RunAsync(CancellationToken.None);
    }

    /// <summary>The card of a payment as it is kept: its token, and what was captured of it.</summary>
    public async Task<(string Token, long CapturedMinor)> StoredCardAsync(Guid orderId)
    {
        await using var command = process!.Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand($"select card_token, card_captured_minor from payments.payment where order_id = '{orderId}'");
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetString(0), row.GetInt64(1));
    }

    /// <summary>"authorise approved", "capture declined", …, in order.</summary>
    public async Task<string[]> LedgerAsync(Guid orderId)
    {
        using var ledger = JsonDocument.Parse(await Http.GetStringAsync("sim/psp/ledger"));
        return [.. ledger.RootElement.GetProperty("items").EnumerateArray()
            .Where(item => item.GetProperty("reference").GetGuid() == orderId)
            .Select(item => $"{item.GetProperty("operation").GetString()} {item.GetProperty("outcome").GetString()}")];
    }

    /// <summary>Does something at the provider that the module does not know of.</summary>
    public async Task AtProviderAsync(string path, string key, object? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "sim/psp/payments" + path) { Headers = { { "Idempotency-Key", key } } };
        request.Content = body is null ? null : JsonContent.Create(body);
        using var response = await Http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}

/// <summary>What the module said, by order.</summary>
internal sealed class Said
{
    private readonly ConcurrentDictionary<(Guid, Type), TaskCompletionSource<IEvent>> heard = new();
    private readonly ConcurrentQueue<(Guid OrderId, IEvent Event)> all = new();

    public async Task<T> HearAsync<T>(Guid orderId)
        where T : IEvent => (T)await Of(orderId, typeof(T)).Task;

    public void Add(Guid orderId, IEvent happened)
    {
        all.Enqueue((orderId, happened));
        Of(orderId, happened.GetType()).TrySetResult(happened);
    }

    public string[] About(Guid orderId) => [.. all.Where(said => said.OrderId == orderId).Select(said => said.Event.GetType().Name)];

    private TaskCompletionSource<IEvent> Of(Guid orderId, Type type) =>
        heard.GetOrAdd((orderId, type), _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

internal sealed class Listener(Said said)
    : IHandleMessages<PaymentAuthorised>, IHandleMessages<PaymentDeclined>, IHandleMessages<PaymentUnresolved>,
        IHandleMessages<PaymentCaptured>, IHandleMessages<PaymentCaptureFailed>, IHandleMessages<PaymentVoided>, IHandleMessages<PaymentRefunded>
{
    public Task Handle(PaymentAuthorised message, IMessageHandlerContext context) => Hear(message.OrderId, message);

    public Task Handle(PaymentDeclined message, IMessageHandlerContext context) => Hear(message.OrderId, message);

    public Task Handle(PaymentUnresolved message, IMessageHandlerContext context) => Hear(message.OrderId, message);

    public Task Handle(PaymentCaptured message, IMessageHandlerContext context) => Hear(message.OrderId, message);

    public Task Handle(PaymentCaptureFailed message, IMessageHandlerContext context) => Hear(message.OrderId, message);

    public Task Handle(PaymentVoided message, IMessageHandlerContext context) => Hear(message.OrderId, message);

    public Task Handle(PaymentRefunded message, IMessageHandlerContext context) => Hear(message.OrderId, message);

    private Task Hear(Guid orderId, IEvent happened)
    {
        said.Add(orderId, happened);
        return Task.CompletedTask;
    }
}
