using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Host.Serve;
using Orders.Hosting;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;

namespace Orders.Tests.Integration.OpenApi;

/// <summary>Every module in one process, and the document that it serves.</summary>
public sealed class DescribedHost(PostgresServer postgres) : IAsyncLifetime
{
    private OrdersProcess? process;
    private HttpClient? http;

    /// <summary>What <c>/openapi/v1.json</c> answered.</summary>
    public string Text { get; private set; } = "";

    public JsonObject Document => JsonNode.Parse(Text)!.AsObject();

    /// <summary>The routes that the process serves, as <c>get /api/orders/{id}</c>, without the simulators' and the document's own.</summary>
    public IEnumerable<string> Routes => process!.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .SelectMany(route => (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["any"])
            .Select(method => $"{method.ToLowerInvariant()} /{route.RoutePattern.RawText!.TrimStart('/')}"))
        .Where(route => !route.Contains(" /sim/", StringComparison.Ordinal) && !route.Contains(" /openapi/", StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        process = await OrdersProcess.StartAsync(
            new()
            {
                Urls = "http://127.0.0.1:0",
                Connection = await postgres.CreateDatabaseAsync(),
                Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Orders:Gateway"] = "inprocess" },
            },
            Modules.AddAll,
            CancellationToken.None);
        http = new() { BaseAddress = process.Url };
        Text = await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative));
    }

    /// <summary>Sends a request as the operator, or as whoever <paramref name="token"/> stands for; a body makes it carry a key.</summary>
    public async Task<DocumentedAnswer> SendAsync(
        string method, string path, object? body = null, string token = "demo-operator", string? etag = null)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Add("Idempotency-Key", body is null ? [] : ["key-of-" + path]);
        request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        using var answer = await http!.SendAsync(request);
        return await DocumentedAnswer.OfAsync(answer, method, path, Document);
    }

    /// <summary>Waits until every message is handled: a delivery goes with the commit of its effects.</summary>
    public Task DrainedAsync() =>
        Eventually.NothingIsLeftAsync(async () => (long)(await Command("SELECT count(*) FROM bus.delivery").ExecuteScalarAsync())!);

    public Task ExecuteAsync(string sql) => Command(sql).ExecuteNonQueryAsync();

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        await (process?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private NpgsqlCommand Command(string sql) => process!.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
}
