using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Orders.Tests.Support;
using static Orders.Tests.Integration.Webhooks.Events;

namespace Orders.Tests.Integration.Webhooks;

public sealed class PoisonTests(PostgresServer postgres) : IAsyncLifetime
{
    private CrmRig rig = null!;

    public async ValueTask InitializeAsync() => rig = await CrmRig.StartAsync(await postgres.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task A_poison_item_goes_to_the_error_queue_after_the_acknowledgement_and_holds_up_nobody()
    {
        var taken = await rig.SoapAsync(Soap(
            Notification("04l1", "003", "a", "2026-01-31T12:00:00Z"), Notification("04l2", "004", "b", "soon"), Notification("04l3", "005", "c", "2026-01-31T12:00:00Z")));
        var unknown = await rig.SendAsync("evt_1", Contact("merged", "006", 1));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Accepted), (taken.Status, unknown.Status));
        await rig.DrainedAsync();
        Assert.NotNull(await rig.CustomerAsync("003", "salesforce"));
        Assert.NotNull(await rig.CustomerAsync("005", "salesforce"));
        Assert.Equal(2, await rig.CountAsync("select count(*) from bus.failed where attempts = 1"));
    }

    [Fact]
    public async Task An_operator_mends_a_poison_item_and_it_is_applied()
    {
        await rig.SoapAsync(Soap(Notification("04l2", "004", "b", "soon")));
        await rig.DrainedAsync();
        var failed = JsonNode.Parse(await rig.Http.GetStringAsync("/api/ops/failed"))!["items"]![0]!;
        var body = new { source = "salesforce", eventId = "04l2", text = Notification("04l2", "004", "b", "2026-01-31T12:00:00Z").Replace("<Notification>", "<Notification xmlns=\"http://soap.sforce.com/2005/09/outbound\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">", StringComparison.Ordinal) };

        using var answer = await rig.Http.PostAsJsonAsync($"/api/ops/failed/{failed["id"]}/edit-and-retry", new { body });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await rig.DrainedAsync();
        Assert.Equal("b", (string?)(await rig.CustomerAsync("004", "salesforce"))!["email"]);
    }

    [Fact]
    public async Task What_looks_like_a_card_number_is_not_kept_of_a_poison_item()
    {
        const string Number = "4111 1111 1111 1111";
        await rig.SendAsync("evt_1", Contact("merged", "1", 1, ("name", Number)));
        await rig.SendAsync("evt_2", Contact("updated", "2", 1, ("name", Number + new string('x', 4_000)), (new string('y', 65), "z")));
        await rig.SendAsync("evt_3", Cdc("MOVED", "3", 1, $",\"Name\":\"{Number}\""), "salesforce-cdc");
        await rig.SoapAsync(Soap(Notification("04l4", "4", Number, "soon")));
        await rig.DrainedAsync();

        var shown = await rig.Http.GetStringAsync("/api/ops/failed");

        Assert.Equal(4, JsonNode.Parse(shown)!["items"]!.AsArray().Count);
        Assert.DoesNotContain(Number, shown, StringComparison.Ordinal);
        Assert.Equal(4, await rig.CountAsync("select count(*) from bus.message where type = 'webhooks.crm-event-set-aside' and body like '%[looked like a card number]%'"));
        Assert.Equal(0, await rig.CountAsync("select count(*) from bus.message where body like '%4111%'"));
    }

    [Theory]
    [InlineData("""{"body":{"source":"demo","eventId":"1","text":"\ud800"}}""", 422, "/body", "surrogate")]
    [InlineData("""{"body":{"\ud800":1}}""", 400, "/body", "")]
    [InlineData("""{"body":"\ud800"}""", 422, "/body", "surrogate")]
    [InlineData("""{"body":{"source":"demo","eventId":"1","text":"\u0000"}}""", 422, "/body/text", "U+0000")]
    [InlineData("""{"body":{"\u0000":"1"}}""", 422, "/body/\uFFFD", "U+0000")]
    [InlineData("""{"headers":{"a":"\u0000"}}""", 422, "/headers/a", "U+0000")]
    [InlineData("""{"headers":{"a":"\ud800"}}""", 400, "/headers/a", "")]
    public async Task An_edit_that_cannot_be_stored_is_refused_and_says_why(string edit, int status, string at, string why)
    {
        await rig.SendAsync("evt_1", Contact("merged", "1", 1));
        await rig.DrainedAsync();
        var failed = JsonNode.Parse(await rig.Http.GetStringAsync("/api/ops/failed"))!["items"]![0]!;
        using var content = new StringContent(edit, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/ops/failed/{failed["id"]}/edit-and-retry") { Content = content };

        var (answered, problem) = await rig.AnswerAsync(request);

        var (pointer, said) = Assert.Single(problem!["errors"]!.AsObject());
        Assert.Equal((status, at), ((int)answered, pointer));
        Assert.Contains(why, said!.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(1, await rig.CountAsync("select count(*) from bus.failed where resolution is null"));
    }
}
