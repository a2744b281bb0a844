using System.Net;
using System.Net.Http.Json;
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
}
