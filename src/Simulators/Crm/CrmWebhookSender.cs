using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Orders.Hosting;

namespace Orders.Simulators.Crm;

/// <summary>
/// Calls the webhook over HTTP, signed as the source <c>demo</c> of local mode: at <c>Orders:Crm:WebhookUrl</c>, or at this process
/// itself. Silence and 5xx are tried again a few times.
/// </summary>
internal sealed class CrmWebhookSender(IServer server, IConfiguration configuration, TimeProvider clock, ILogger<CrmWebhookSender> logger) : IDisposable
{
    private const int Attempts = 6;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly WebhookSecret Secret = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2), UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(15),
    };

    public async Task SendAsync(CrmWebhook webhook, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var fault = await TryAsync(webhook, cancellationToken);
            if (fault is null || attempt == Attempts)
            {
                if (fault is not null)
                {
                    logger.LogWarning("The simulated CRM gave up webhook {Id}: {Fault}", webhook.Id, fault);
                }

                return;
            }

            await Task.Delay(FirstPause * (1 << (attempt - 1)), clock, cancellationToken);
        }
    }

    public void Dispose() => http.Dispose();

    /// <returns>Null where it need not be sent again.</returns>
    private async Task<string?> TryAsync(CrmWebhook webhook, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, UrlOf());
        request.Content = new ByteArrayContent(webhook.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        request.Headers.Add(WebhookSignature.IdHeader, webhook.Id);
        request.Headers.Add(WebhookSignature.TimestampHeader, WebhookSignature.Timestamp(now));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(webhook.Id, now, webhook.Body, Secret));
        try
        {
            using var answer = await http.SendAsync(request, cancellationToken);
            return answer.IsSuccessStatusCode ? null : $"it was answered {(int)answer.StatusCode}";
        }
        catch (Exception silence) when (!cancellationToken.IsCancellationRequested && silence is HttpRequestException or TaskCanceledException)
        {
            return silence.Message;
        }
    }

    // A change is made over HTTP: by then this process serves.
    private Uri UrlOf() => configuration["Orders:Crm:WebhookUrl"] is { } configured
        ? new(configured)
        : new(new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()), "/webhooks/crm/demo");
}
