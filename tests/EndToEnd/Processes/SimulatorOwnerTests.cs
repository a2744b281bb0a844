using System.Net;
using System.Net.Http.Json;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.EndToEnd.Processes;

/// <summary>Two hosts on one database have one payment provider and one carrier between them, whichever of the two is asked.</summary>
public sealed class SimulatorOwnerTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_was_told_the_other_knows_also_when_the_first_is_killed()
    {
        string[] options = ["--connection", await postgres.CreateDatabaseAsync(Token)];
        var none = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var second = await RunningHost.StartAsync(options, none, Token);
        using var there = new HttpClient { BaseAddress = second.Url };
        {
            await using var first = await RunningHost.StartAsync(options, none, Token);
            using var here = new HttpClient { BaseAddress = first.Url };
            Assert.Equal("approved", await PayAsync(here, "", "a", """{"reference":"p-1","cardToken":"tok_ok","amount":{"amount":"5.00","currency":"USD"}}"""));

            Assert.Equal("approved", await PayAsync(there, "/p-1/capture", "c", """{"amount":{"amount":"5.00","currency":"USD"}}"""));
            Assert.Equal("failed", await PayAsync(here, "/p-1/void", "v", ""));
            Assert.Equal("approved", await PayAsync(here, "/p-1/capture", "c", """{"amount":{"amount":"5.00","currency":"USD"}}"""));
            Assert.Equal(await LedgerAsync(here), await LedgerAsync(there));
            await Assert.ThrowsAsync<HttpRequestException>(() => PayAsync(there, "", "lost", """{"reference":"p-2","cardToken":"tok_lost_reply","amount":{"amount":"5.00","currency":"USD"}}"""));
            await first.KillAsync(Token);
            await first.StartAgainAsync(Token);
        }

        Assert.Equal("approved", await EventuallyPaysAsync(there, "/p-1/refund", "r"));
        Assert.Equal(
            "authorise approved, capture approved, void failed, authorise approved, refund approved",
            string.Join(", ", (await LedgerAsync(there)).Select(line => line.Step)));
    }

    private static async Task<string> PayAsync(HttpClient http, string path, string key, string body)
    {
        using var answer = await SendAsync(http, path, key, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<PaymentStep>(Token))!.Outcome;
    }

    // Who owned the books has gone: until the other one has noticed, it says 503.
    private static async Task<string> EventuallyPaysAsync(HttpClient http, string path, string key)
    {
        await Eventually.NothingIsMissingAsync(
            async _ =>
            {
                using var answer = await SendAsync(http, path, key, "");
                return answer.IsSuccessStatusCode ? null : $"it answers {(int)answer.StatusCode}";
            },
            Token);
        return await PayAsync(http, path, key, "");
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient http, string path, string key, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/sim/psp/payments" + path) { Headers = { { "Idempotency-Key", key } } };
        request.Content = body.Length == 0 ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return http.SendAsync(request, Token);
    }

    private static async Task<IReadOnlyList<LedgerLine>> LedgerAsync(HttpClient http) =>
        (await http.GetFromJsonAsync<PageAnswer<LedgerLine>>("/sim/psp/ledger", Token))!.Items;

    private sealed record PaymentStep(string Outcome);
}
