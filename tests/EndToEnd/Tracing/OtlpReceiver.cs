using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orders.Tests.EndToEnd.Tracing;

/// <summary>Takes traces by OTLP over HTTP, protobuf, on a free loopback port.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication web;

    private OtlpReceiver(WebApplication web) => this.web = web;

    public ConcurrentQueue<Span> Spans { get; } = new();

    public string Url => web.Urls.Single();

    public static async Task<OtlpReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(builder.Build());
        receiver.web.MapPost("/v1/traces", receiver.TakeAsync);
        await receiver.web.StartAsync(cancellationToken);
        return receiver;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        foreach (var span in Span.ReadAll(body.ToArray()))
        {
            Spans.Enqueue(span);
        }

        context.Response.ContentType = "application/x-protobuf";
    }
}
