using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;
using Orders.Tests.Support.Webhooks;

namespace Orders.Tests.Integration.Webhooks.Partners;

public sealed class EndpointTests(PostgresServer postgres) : PartnerTests(postgres)
{
    [Fact]
    public async Task An_endpoint_is_kept_as_it_was_given_and_its_secret_is_shown_once()
    {
        var (status, added) = await Rig.AskAsync("POST", "", new { url = Receiver.Url, events = new[] { "order.completed", "order.completed" } });
        var (id, secret) = ((string)added!["id"]!, (string)added["secret"]!);

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        var shown = await Rig.GetAsync("/" + id);
        Assert.Equal((Receiver.Url, "order.completed", true), ((string)shown["url"]!, (string)Assert.Single(shown["events"]!.AsArray())!, (bool)shown["enabled"]!));
        Assert.Null(shown["secret"]);
        Assert.Null((await Rig.GetAsync(""))["items"]![0]!["secret"]);
        Assert.Equal(0, await Rig.CountAsync($"select count(*) from webhooks.endpoint e where position(convert_to('{secret}', 'UTF8') in e.secret) > 0 or e::text like '%{secret}%'"));

        var changed = (await Rig.AskAsync("PATCH", "/" + id, new { events = new[] { "stock.low" }, enabled = false })).Body!;
        Assert.Equal(("stock.low", false, Receiver.Url), ((string)Assert.Single(changed["events"]!.AsArray())!, (bool)changed["enabled"]!, (string)changed["url"]!));
        Assert.Equal(HttpStatusCode.NoContent, (await Rig.AskAsync("DELETE", "/" + id)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Rig.AskAsync("GET", "/" + id)).Status);
    }

    [Fact]
    public async Task Another_partners_endpoint_is_not_there()
    {
        var (id, _) = await Rig.ListenAsync(Receiver.Url);
        await Rig.OrderAsync();
        await Rig.DrainedAsync();
        var delivery = Receiver.Calls[0].Id;
        await Rig.ExecuteAsync("update webhooks.endpoint set partner = 'somebody else'");

        (string Method, string Path, object? Body)[] all =
        [
            ("GET", "", null), ("PATCH", "", new { enabled = false }), ("PATCH", "", new { url = "https://127.0.0.1.nip.io@/" }), ("DELETE", "", null), ("POST", "/rotate-secret", null), ("POST", "/test", null),
            ("GET", "/deliveries", null), ("GET", "/deliveries/" + delivery, null), ("POST", $"/deliveries/{delivery}/redeliver", null),
            ("POST", "/replay", new { from = "2026-01-01T00:00:00Z", to = "2027-01-01T00:00:00Z" }),
        ];
        foreach (var (method, path, body) in all)
        {
            Assert.Equal((path, HttpStatusCode.NotFound), (path, (await Rig.AskAsync(method, $"/{id}{path}", body)).Status));
        }

        Assert.Empty((await Rig.GetAsync(""))["items"]!.AsArray());
        await Rig.DrainedAsync();
        Assert.Equal(4, Receiver.Calls.Length);
        Assert.True(await Rig.CountAsync("select count(*) from webhooks.endpoint where enabled and old_secret is null") == 1);
    }

    [Theory]
    [InlineData("""{"url":"https://10.0.0.1/","events":["stock.low"]}""", 422, "url-refused")]
    [InlineData("""{"url":"ftp://partner.example.com/","events":["stock.low"]}""", 422, "url-refused")]
    [InlineData("""{"url":"https://me@partner.example.com/","events":["stock.low"]}""", 422, "url-refused")]
    [InlineData("""{"url":"nonsense","events":["stock.low"]}""", 422, "url-refused")]
    [InlineData("""{"url":"https://partner.example.com/","events":[]}""", 400, "invalid-request")]
    [InlineData("""{"url":"https://partner.example.com/","events":["order.cancelling"]}""", 400, "invalid-request")]
    [InlineData("""{"url":"https://partner.example.com/","events":[null]}""", 400, "invalid-request")]
    [InlineData("""{"events":["stock.low"]}""", 400, "invalid-request")]
    [InlineData("""{"url":"https://partner.example.com/","events":["stock.low"],"secret":"whsec_"}""", 400, "invalid-request")]
    public async Task What_cannot_be_meant_is_refused(string body, int status, string slug)
    {
        var (answered, problem) = await Rig.AskAsync("POST", "", JsonNode.Parse(body));

        Assert.Equal((status, "urn:orders:problem:" + slug), ((int)answered, (string?)problem!["type"]));
        Assert.Equal(0, await Rig.CountAsync("select count(*) from webhooks.endpoint"));
    }

    [Fact]
    public async Task A_partner_has_a_bounded_number_of_endpoints_and_pages_through_them()
    {
        await HasEndpointsAsync(200);

        Assert.Equal(HttpStatusCode.Conflict, await RegisterAsync());
        var seen = new HashSet<string>();
        string? cursor = null;
        do
        {
            var page = await Rig.GetAsync(cursor is null ? "?limit=90" : "?limit=90&cursor=" + cursor);
            Assert.All(page["items"]!.AsArray(), one => Assert.True(seen.Add((string)one!["id"]!)));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);

        Assert.Equal(200, seen.Count);
    }

    /// <summary>Both have counted before either adds, unless one waits for the other.</summary>
    [Fact]
    public async Task Of_two_registrations_at_once_the_bound_lets_one_pass()
    {
        await HasEndpointsAsync(199);
        await Rig.ExecuteAsync(
            """
            create function hold() returns trigger language plpgsql as 'begin perform pg_advisory_xact_lock_shared(1); return new; end';
            create trigger hold before insert on webhooks.endpoint for each row execute function hold()
            """);
        await using var holding = await Rig.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var hold = await holding.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await new NpgsqlCommand("select pg_advisory_xact_lock(1)", holding).ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var both = Task.WhenAll(RegisterAsync(), RegisterAsync());
        await Eventually.TrueAsync(async () => await Rig.CountAsync(
            "select count(*) from pg_locks join pg_database on pg_database.oid = database where datname = current_database() and locktype = 'advisory' and not granted") == 2);
        await hold.RollbackAsync(TestContext.Current.CancellationToken);

        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Conflict], (await both).Order());
    }

    [Fact]
    public async Task Who_is_not_a_partner_has_no_endpoints()
    {
        Rig.Http.DefaultRequestHeaders.Authorization = new("Bearer", "demo-shopper");
        Assert.Equal(HttpStatusCode.Forbidden, (await Rig.AskAsync("GET", "")).Status);
        Rig.Http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(HttpStatusCode.Unauthorized, await RegisterAsync());
    }

    [Fact]
    public async Task A_secret_stands_in_the_answer_as_it_is_to_be_copied()
    {
        var (id, _) = await Rig.ListenAsync(Receiver.Url);
        for (var n = 0; n < 20; n++)
        {
            using var answer = await Rig.Http.PostAsync(new Uri($"/api/webhook-endpoints/{id}/rotate-secret", UriKind.Relative), null, TestContext.Current.CancellationToken);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains((string)JsonNode.Parse(text)!["secret"]!, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_endpoint_that_is_deleted_while_events_come_leaves_nothing_behind()
    {
        using var enough = new CancellationTokenSource();
        var events = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await Rig.OrderAsync();
            }
        });
        for (var n = 0; n < 40; n++)
        {
            var (id, _) = await Rig.ListenAsync(Receiver.Url);
            await Rig.AskAsync("POST", $"/{id}/test");
            await Rig.AskAsync("DELETE", $"/{id}");
        }

        await enough.CancelAsync();
        await events;
        await Rig.DrainedAsync();
        Assert.Equal(0, await Rig.CountAsync("select count(*) from webhooks.delivery where endpoint not in (select id from webhooks.endpoint)"));
    }

    private async Task HasEndpointsAsync(int howMany)
    {
        await Rig.ListenAsync(Receiver.Url);
        await Rig.ExecuteAsync(
            $"""
            insert into webhooks.endpoint (id, partner, url, events, secret, created_at)
            select gen_random_uuid(), partner, url, events, secret, created_at from webhooks.endpoint, generate_series(2, {howMany})
            """);
    }

    private async Task<HttpStatusCode> RegisterAsync() =>
        (await Rig.AskAsync("POST", "", new { url = Receiver.Url, events = new[] { "stock.low" } })).Status;
}
