using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;
using static Orders.Tests.Integration.Webhooks.Events;

namespace Orders.Tests.Integration.Webhooks;

public sealed class IntakeTests(PostgresServer postgres) : IAsyncLifetime
{
    private CrmRig rig = null!;

    public async ValueTask InitializeAsync() => rig = await CrmRig.StartAsync(await postgres.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task What_is_proven_is_durable_when_it_is_answered_and_is_a_duplicate_the_next_time()
    {
        var body = Contact("created", "003", 1, ("email", "a@b.c"));

        var first = await rig.SendAsync("evt_1", body);
        var second = await rig.SendAsync("evt_1", body);

        Assert.Equal((HttpStatusCode.Accepted, """{"accepted":1,"duplicates":0}"""), (first.Status, first.Body!.ToJsonString()));
        Assert.Equal((HttpStatusCode.Accepted, """{"accepted":0,"duplicates":1}"""), (second.Status, second.Body!.ToJsonString()));
        await rig.DrainedAsync();
        Assert.Equal("a@b.c", (string?)(await rig.CustomerAsync("003"))!["email"]);
        Assert.Single(rig.Told.Of("003"));
    }

    [Fact]
    public async Task Nobody_who_is_not_proven_leaves_a_row()
    {
        var body = Contact("created", "003", 1, ("email", "a@b.c"));

        (HttpStatusCode Status, object? Body)[] answers =
        [
            await rig.SendAsync("evt_1", body, late: TimeSpan.FromSeconds(302)),
            await rig.SendAsync("evt_1", body, late: -TimeSpan.FromSeconds(330)),
            await rig.SendAsync("evt_1", body, signature: ""),
            await rig.SendAsync("evt_1", body, signature: "v1a,c29tZXRoaW5n v9,else"),
            await rig.SendAsync("evt_1", body, signature: "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
            await rig.SendAsync("evt_1", "no json", signature: "v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
            await rig.SoapAsync(Soap(Notification("04l1", "003", "a", "2026-01-31T12:00:00Z")), "another"),
            await rig.SoapAsync(Soap(Notification("04l1", "003", "a", "2026-01-31T12:00:00Z")).Replace("XsUAI", "XsUAX", StringComparison.Ordinal)),
        ];

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
        Assert.Equal(0, await rig.RowsAsync());
    }

    [Theory]
    [InlineData("nobody", "{}", HttpStatusCode.NotFound)]
    [InlineData("demo", "no json", HttpStatusCode.BadRequest)]
    [InlineData("salesforce-cdc", "{}", HttpStatusCode.BadRequest)]
    public async Task Other_faults_are_named_and_leave_no_row(string source, string body, HttpStatusCode status)
    {
        var answer = await rig.SendAsync("evt_1", body, source);

        Assert.Equal(status, answer.Status);
        Assert.StartsWith("urn:orders:problem:", (string?)answer.Body!["type"], StringComparison.Ordinal);
        Assert.Equal(0, await rig.RowsAsync());
    }

    [Fact]
    public async Task The_same_id_with_another_body_is_refused_and_changes_nothing()
    {
        await rig.SendAsync("evt_1", Contact("created", "003", 1, ("email", "a")));

        var other = await rig.SendAsync("evt_1", Contact("created", "003", 2, ("email", "b")));

        Assert.Equal((HttpStatusCode.Conflict, "urn:orders:problem:event-id-reused"), (other.Status, (string?)other.Body!["type"]));
        await rig.DrainedAsync();
        Assert.Equal("a", (string?)(await rig.CustomerAsync("003"))!["email"]);
    }

    [Fact]
    public async Task A_batch_is_taken_in_whole_or_not_at_all()
    {
        var known = Notification("04l1", "003", "a", "2026-01-31T12:00:00Z");
        Assert.Equal(HttpStatusCode.OK, (await rig.SoapAsync(Soap(known))).Status);
        await rig.DrainedAsync();
        var rows = await rig.RowsAsync();

        var refused = await rig.SoapAsync(Soap(
            Notification("04l0", "004", "b", "2026-01-31T12:00:00Z"), Notification("04l1", "003", "other", "2026-01-31T12:00:00Z")));
        var twice = await rig.SoapAsync(Soap(Notification("04l9", "004", "b", "2026-01-31T12:00:00Z"), Notification("04l9", "004", "c", "2026-01-31T12:00:00Z")));

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (refused.Status, twice.Status));
        Assert.Equal(rows, await rig.RowsAsync());

        var taken = await rig.SoapAsync(Soap(known, Notification("04l0", "004", "b", "2026-01-31T12:00:00Z")));
        Assert.Equal(HttpStatusCode.OK, taken.Status);
        Assert.Contains("<Ack>true</Ack>", taken.Body, StringComparison.Ordinal);
        await rig.DrainedAsync();
        Assert.Equal(2, await rig.CountAsync("select count(*) from webhooks.crm_event"));
    }

    [Fact]
    public async Task The_key_in_the_query_is_in_no_trace()
    {
        var seen = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => seen.Enqueue($"{span.DisplayName} {string.Join(' ', span.TagObjects)}"),
        };
        ActivitySource.AddActivityListener(listener);

        await rig.SoapAsync(Soap(Notification("04l1", "003", "a", "2026-01-31T12:00:00Z")));

        await Eventually.NothingIsMissingAsync(
            _ => Task.FromResult(seen.Any(span => span.Contains("/webhooks/crm", StringComparison.Ordinal)) ? null : "no span is seen"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(seen, span => span.Contains("demo-key", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1024 * 1024, HttpStatusCode.BadRequest)]
    [InlineData(1024 * 1024 + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_body_may_have_a_mebibyte(int bytes, HttpStatusCode status)
    {
        Assert.Equal(status, (await rig.SendAsync("evt_1", new string(' ', bytes))).Status);
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/webhooks/crm/salesforce?key=demo-key")
        {
            Content = new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes(new string(' ', bytes)))), Headers = { TransferEncodingChunked = true },
        };
        chunked.Content.Headers.ContentType = new MediaTypeHeaderValue("text/xml");
        Assert.Equal(status, (await rig.AnswerAsync(chunked)).Status);
        Assert.Equal(0, await rig.RowsAsync());
    }

    [Fact]
    public async Task Many_calls_at_once_with_the_same_events_take_each_in_once()
    {
        var bodies = Enumerable.Range(1, 20).Select(id => Notification($"04l{id}", $"c{id}", "a", "2026-01-31T12:00:00Z")).ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(turn => rig.SoapAsync(Soap([.. bodies.Skip(turn), .. bodies.Take(turn)]))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        await rig.DrainedAsync();
        Assert.Equal(20, await rig.CountAsync("select count(*) from bus.message where type = 'webhooks.apply-crm-change'"));
    }
}
