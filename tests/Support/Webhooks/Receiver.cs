using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orders.Hosting;

namespace Orders.Tests.Support.Webhooks;

/// <summary>A partner's receiver: keeps every call, and answers as it is told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly ConcurrentQueue<Call> calls = new();

    private Receiver(WebApplication web) => this.web = web;

    /// <summary>What it answers: 200 unless told otherwise.</summary>
    public Func<Call, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public string Url => new Uri(new Uri(web.Urls.First()), "/hooks").AbsoluteUri;

    public Call[] Calls => [.. calls];

    public Call[] Accepted => [.. calls.Where(call => call.Status == 200)];

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public void Say(int status, string? retryAfter = null) => Answer = (_, http) =>
    {
        http.Response.StatusCode = status;
        http.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var call = new Call(
            http.Request.Path, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
        await Answer(call, http);
        call.Status = http.Response.StatusCode;
        calls.Enqueue(call);
    }
}

/// <summary>One call as it came.</summary>
internal sealed record Call(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public int Status { get; set; }

    /// <summary>When it came: a signature proves something for minutes alone.</summary>
    public DateTimeOffset At { get; } = TimeProvider.System.GetUtcNow();

    public string Id => Headers[WebhookSignature.IdHeader];

    public string Signatures => Headers[WebhookSignature.SignatureHeader];

    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Type => (string)Json["type"]!;

    public string OrderId => (string)Json["data"]!["orderId"]!;

    public int Version => (int)Json["data"]!["version"]!;

    public bool IsSignedBy(string secret) => WebhookSignature.Proves(
        Id, Headers[WebhookSignature.TimestampHeader], Signatures, Body, [WebhookSecret.Parse(secret)], At);
}
