using System.Collections.Concurrent;
using System.Diagnostics;
using Orders.Hosting;

namespace Orders.Host.Bench.Webhooks;

/// <summary>The limit beside the deliveries: the same bodies, signed and posted to the same receivers, with no queue and no log of them.</summary>
internal sealed class SignedPosts(IReadOnlyList<(Uri Url, byte[] Body)> posts, TimeProvider clock)
{
    /// <summary>Enough to keep two cores busy.</summary>
    private const int AtOnce = 64;

    /// <returns>Posts a second.</returns>
    public async Task<double> RunAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var secret = WebhookSecret.Create();
        var left = new ConcurrentQueue<(Uri Url, byte[] Body)>(posts);
        var stopwatch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(SendAsync, cancellationToken)));
        return Math.Round(posts.Count / stopwatch.Elapsed.TotalSeconds);

        async Task SendAsync()
        {
            while (left.TryDequeue(out var post))
            {
                var (id, at) = (Guid.CreateVersion7().ToString("D"), clock.GetUtcNow());
                using var request = new HttpRequestMessage(HttpMethod.Post, post.Url) { Content = new ByteArrayContent(post.Body) };
                request.Headers.Add(WebhookSignature.IdHeader, id);
                request.Headers.Add(WebhookSignature.TimestampHeader, WebhookSignature.Timestamp(at));
                request.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, WebhookSignature.Sign(id, at, post.Body, secret));
                using var answer = await http.SendAsync(request, cancellationToken);
                answer.EnsureSuccessStatusCode();
            }
        }
    }
}
