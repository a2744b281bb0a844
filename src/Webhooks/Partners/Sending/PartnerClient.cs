using System.Diagnostics;
using System.Net.Http.Headers;
using Orders.Hosting;
using Orders.Webhooks.Partners.Safety;

namespace Orders.Webhooks.Partners.Sending;

/// <summary>
/// Sends one signed POST and says what came of it; a partner's fault is an answer, never an exception. No redirects, no proxy, no
/// cookies, nothing of this system in the headers, a bounded answer. Thread-safe.
/// </summary>
internal sealed class PartnerClient(Destinations destinations, TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private static readonly ProductInfoHeaderValue Agent = new("Orders-Webhooks", "1.0");

    // No limit on connections: each endpoint's queue limits its calls, and many endpoints may be behind one address.
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        Credentials = null,
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        MaxResponseHeadersLength = 16,
        ResponseDrainTimeout = TimeSpan.Zero,
        // What the name stands for is asked again now and then.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = (connection, cancellationToken) => destinations.ConnectAsync(connection.DnsEndPoint, cancellationToken),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public async Task<Answer> PostAsync(Uri url, Guid id, byte[] body, IEnumerable<WebhookSecret> secrets, CancellationToken cancellationToken)
    {
        var (at, began) = (clock.GetUtcNow(), clock.GetTimestamp());
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = Request(url, id.ToString("D"), at, body, secrets);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var excerpt = await ResponseExcerpt.ReadAsync(response.Content, either.Token);
            return new(at, url.AbsoluteUri, Elapsed(), (int)response.StatusCode, RetryAfter(response, at), excerpt);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(at, url.AbsoluteUri, Elapsed(), null, Error: $"No answer within {Limit.TotalSeconds:0} seconds.");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new(at, url.AbsoluteUri, Elapsed(), null, Error: ResponseExcerpt.Of(Words(fault)));
        }

        long Elapsed() => (long)clock.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <summary>Nothing is sent that nobody could verify.</summary>
    public Answer Unsigned(Uri url) =>
        new(clock.GetUtcNow(), url.AbsoluteUri, 0, null, Error: "Not sent: the endpoint's secret was stored with another key than the one in use. Rotate the secret.");

    public void Dispose() => http.Dispose();

    private static HttpRequestMessage Request(Uri url, string id, DateTimeOffset at, byte[] body, IEnumerable<WebhookSecret> secrets)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.UserAgent.Add(Agent);
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, WebhookSignature.Timestamp(at));
        request.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, WebhookSignature.Sign(id, at, body, secrets));
        return request;
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - now,
        // RFC 9110, section 10.2.3: any number of digits. So many are longer than anything that is obeyed.
        _ => response.Headers.NonValidated.TryGetValues("Retry-After", out var given) && given.ToString() is { Length: > 0 } digits && digits.All(char.IsAsciiDigit)
            ? TimeSpan.MaxValue
            : null,
    };

    // The inner words say what is wrong: a refused destination, a connection refused, a certificate. They may quote the partner's bytes.
    private static string Words(Exception fault) => fault is HttpRequestException { InnerException: { } inner } ? inner.GetBaseException().Message : fault.Message;
}
