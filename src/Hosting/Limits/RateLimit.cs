using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Orders.Hosting.Limits;

/// <summary>
/// A token bucket a caller, or an address where there is no caller: <c>Orders:RateLimit:PerSecond</c> refills it,
/// <c>Orders:RateLimit:Burst</c> is its size. Meant against runaway clients, not as a quota.
/// </summary>
internal sealed class RateLimit : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> limiter;

    public RateLimit(IConfiguration configuration)
    {
        var perSecond = configuration.GetValue("Orders:RateLimit:PerSecond", 5_000);
        var options = new TokenBucketRateLimiterOptions
        {
            TokensPerPeriod = perSecond,
            TokenLimit = configuration.GetValue("Orders:RateLimit:Burst", perSecond * 2),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        };
        limiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            RateLimitPartition.GetTokenBucketLimiter(PartitionOf(context), _ => options));
    }

    /// <exception cref="ProblemException">429 with Retry-After.</exception>
    public void Take(HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(context);
        if (!lease.IsAcquired)
        {
            throw new ProblemException(429, "rate-limited", "Too many requests at once. Wait as long as Retry-After says.")
            {
                RetryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1),
            };
        }
    }

    public void Dispose() => limiter.Dispose();

    private static string PartitionOf(HttpContext context) =>
        context.Caller().UserId ?? context.Connection.RemoteIpAddress?.ToString() ?? "";
}

internal sealed class RateLimitMiddleware(RequestDelegate next, RateLimit limit)
{
    public Task InvokeAsync(HttpContext context)
    {
        limit.Take(context);
        return next(context);
    }
}
