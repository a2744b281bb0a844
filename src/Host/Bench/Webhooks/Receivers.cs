using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Orders.Host.Bench.Webhooks;

/// <summary>Partners' receivers in this process, each on a port of its own so that nobody shares connections. They keep what comes and say 200.</summary>
internal sealed class Receivers : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly TimeProvider clock;

    private Dictionary<int, Mailbox> byPort = [];

    private Receivers(WebApplication web, TimeProvider clock) => (this.web, this.clock) = (web, clock);

    public IReadOnlyCollection<Mailbox> All => byPort.Values;

    public static async Task<Receivers> StartAsync(int count, TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => Listen(server, count));
        var app = builder.Build();
        var receivers = new Receivers(app, clock);
        app.Run(receivers.TakeAsync);
        await app.StartAsync(cancellationToken);
        receivers.byPort = app.Urls.Select(url => new Mailbox(new(url))).ToDictionary(mailbox => mailbox.Url.Port);
        return receivers;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private static void Listen(KestrelServerOptions server, int count)
    {
        for (var n = 0; n < count; n++)
        {
            server.Listen(IPAddress.Loopback, 0);
        }
    }

    private async Task TakeAsync(HttpContext http)
    {
        var at = clock.GetUtcNow();
        var mailbox = byPort[http.Connection.LocalPort];
        var body = new byte[http.Request.ContentLength!.Value];
        await http.Request.Body.ReadExactlyAsync(body, http.RequestAborted);
        if (mailbox.AnswersAfter > TimeSpan.Zero)
        {
            await Task.Delay(mailbox.AnswersAfter, clock, http.RequestAborted);
        }

        mailbox.Add(new(Guid.Parse(http.Request.Headers["webhook-id"]!), at, body));
    }
}
