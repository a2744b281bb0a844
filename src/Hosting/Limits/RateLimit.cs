using System.Globalization;
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

    public RateLimit(TokenBucketRateLimiterOptions options) => limiter =
        PartitionedRateLimiter.Create<HttpContext, string>(context =>
            RateLimitPartition.GetTokenBucketLimiter(PartitionOf(context), _ => options));

    /// <exception cref="StartupException">A setting is no number greater than zero.</exception>
    public static TokenBucketRateLimiterOptions OptionsFrom(IConfiguration configuration)
    {
        var perSecond = Number(configuration, "Orders:RateLimit:PerSecond", 5_000);
        return new()
        {
            TokensPerPeriod = perSecond,
            TokenLimit = Number(configuration, "Orders:RateLimit:Burst", perSecond > int.MaxValue / 2 ? int.MaxValue : perSecond * 2),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        };
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

    private static int Number(IConfiguration configuration, string key, int otherwise) => configuration[key] switch
    {
        null => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 => number,
        var text => throw new StartupException($"The setting {key} is '{text}'. Give a number greater than zero."),
    };

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
