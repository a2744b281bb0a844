using System.Net.Http.Json;
using System.Text.Json;
using Orders.Hosting;
using Orders.Tests.Support;

namespace Orders.Tests.Integration.Hosting;

/// <summary>One process behind proxies: whom it takes a caller for.</summary>
public sealed class ProxyTests(PostgresServer postgres)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guests_behind_one_proxy_are_told_apart()
    {
        await using var process = await StartAsync(burst: 1, Tokens);
        using var http = new HttpClient { BaseAddress = process.Url };

        Assert.True(await IsSlowedDownAsync(http, _ => "203.0.113.1"));
        Assert.Equal(200, await StatusAsync(http, "203.0.113.2"));
    }

    [Fact]
    public async Task What_a_client_claims_before_the_proxy_is_not_believed()
    {
        await using var process = await StartAsync(burst: 1, Tokens);
        using var http = new HttpClient { BaseAddress = process.Url };

        Assert.True(await IsSlowedDownAsync(http, request => $"198.51.100.{request}, 203.0.113.1"));
    }

    [Fact]
    public async Task A_chain_is_followed_through_the_proxies_that_are_configured()
    {
        await using var process = await StartAsync(burst: 1, [.. Tokens, ("Orders:TrustedProxies:0", "10.0.0.0/24"), ("Orders:TrustedProxies:1", "10.1.1.1")]);
        using var http = new HttpClient { BaseAddress = process.Url };

        Assert.True(await IsSlowedDownAsync(http, _ => "203.0.113.1, 10.1.1.1, 10.0.0.7"));
        Assert.Equal(200, await StatusAsync(http, "203.0.113.2, 10.1.1.1, 10.0.0.7"));
        Assert.True(await IsSlowedDownAsync(http, request => $"203.0.113.3, 10.0.0.{request}"));
    }

    [Theory]
    [InlineData("203.0.113.1", 403)]
    [InlineData("127.0.0.1", 200)]
    [InlineData(null, 200)]
    public async Task Demo_tokens_open_nothing_to_other_machines(string? client, int status)
    {
        await using var process = await StartAsync(burst: 100);
        using var http = new HttpClient { BaseAddress = process.Url };

        Assert.Equal(status, await StatusAsync(http, client));
    }

    [Fact]
    public async Task A_proxy_that_is_no_address_is_refused_at_the_start()
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => StartAsync(burst: 1, ("Orders:TrustedProxies:0", "balancer.local")));

        Assert.Equal(
            "Orders:TrustedProxies:0 is 'balancer.local'. Give a proxy's address such as 10.0.0.4, or a network such as 10.0.0.0/24.", refused.Message);
    }

    private static (string Key, string Value)[] Tokens =>
    [
        ("Orders:Tokens:0:Hash", new('a', 64)), ("Orders:Tokens:0:Role", "operator"), ("Orders:Tokens:0:User", "someone"),
    ];

    /// <summary>Each caller has that many requests, and one more a second.</summary>
    private async Task<OrdersProcess> StartAsync(int burst, params (string Key, string Value)[] settings)
    {
        var all = settings.ToDictionary(setting => setting.Key, string? (setting) => setting.Value, StringComparer.Ordinal);
        all["Orders:RateLimit:PerSecond"] = "1";
        all["Orders:RateLimit:Burst"] = burst.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return await OrdersProcess.StartAsync(
            new() { Urls = "http://127.0.0.1:0", Connection = await postgres.CreateDatabaseAsync(Token), Settings = all },
            _ => { },
            Token);
    }

    /// <summary>Whether requests are taken for one caller's: 100 in a row, which the bucket cannot hold.</summary>
    private static async Task<bool> IsSlowedDownAsync(HttpClient http, Func<int, string> forwardedFor)
    {
        for (var request = 1; request <= 100; request++)
        {
            if (await StatusAsync(http, forwardedFor(request)) == 429)
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<int> StatusAsync(HttpClient http, string? forwardedFor)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        if (forwardedFor is not null)
        {
            request.Headers.Add("X-Forwarded-For", forwardedFor);
        }

        using var answer = await http.SendAsync(request, Token);
        if (!answer.IsSuccessStatusCode)
        {
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
            Assert.StartsWith("urn:orders:problem:", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        }

        return (int)answer.StatusCode;
    }
}
