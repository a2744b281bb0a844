using System.Text.Json.Nodes;
using Orders.Tests.Support;
using static Orders.Tests.Integration.Webhooks.Events;

namespace Orders.Tests.Integration.Webhooks;

public sealed class ApplyingTests(PostgresServer postgres) : IAsyncLifetime
{
    private CrmRig rig = null!;

    public async ValueTask InitializeAsync() => rig = await CrmRig.StartAsync(await postgres.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task Each_effective_change_is_told_once_in_order_and_what_came_back_is_not()
    {
        await rig.SendAsync("1", Contact("created", "003", 1, ("email", "a"), ("name", "Ann"), ("phone", "1")));
        await rig.SendAsync("2", Contact("updated", "003", 2, ("phone", null)));
        await rig.SendAsync("3", Contact("updated", "003", 3, ("name", "Ann")));
        await rig.SendAsync("4", Contact("deleted", "003", 4));
        await rig.SendAsync("5", Contact("updated", "003", 5, ("email", "b")));
        await rig.SendAsync("6", Contact("undeleted", "003", 6));
        await rig.DrainedAsync();

        var told = rig.Told.Of("003");
        Assert.Equal([1, 2, 3, 4], told.Select(one => one.Revision));
        Assert.Equal(
            ["a Ann 1 False 1", "a Ann  False 2", "   True 4", "b Ann  False 6"],
            told.Select(one => $"{one.Email} {one.Name} {one.Phone} {one.Deleted} {one.Version}"));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"id":"003","source":"demo","email":"b","name":"Ann","phone":null,"deleted":false,"erasedAt":null,"version":6,"fields":{
                "email":{"value":"b","version":5,"at":"2024-10-04T00:05:00Z"},
                "name":{"value":"Ann","version":3,"at":"2024-10-04T00:03:00Z"},
                "phone":{"value":null,"version":2,"at":"2024-10-04T00:02:00Z"}}}
                """),
            await rig.CustomerAsync("003")));
    }

    [Fact]
    public async Task Of_an_unknown_record_an_update_is_applied_and_the_CRM_tells_the_rest()
    {
        await rig.FaultsAsync(new { drop = 1.0 });
        await rig.PutAsync("003", new { email = "a", name = "Ann" });
        await rig.PutAsync("003", new { email = "b" });

        await rig.SendAsync("1", Contact("updated", "003", 2, ("email", "b")));
        await rig.DrainedAsync();

        Assert.Equal(("b", "Ann"), ((string?)(await rig.CustomerAsync("003"))!["email"], (string?)(await rig.CustomerAsync("003"))!["name"]));
        Assert.Equal(0, await MarkedAsync());
    }

    [Fact]
    public async Task A_snapshot_goes_by_its_date_and_a_tie_asks_the_CRM()
    {
        await rig.FaultsAsync(new { drop = 1.0 });
        await rig.PutAsync("003", new { email = "truth" });
        var date = (string?)(await ContactAsync("003"))["lastModifiedDate"];
        await rig.SoapAsync(Soap(Notification("04l1", "003", "late", date)));
        await rig.SoapAsync(Soap(Notification("04l2", "003", "stale", "2020-01-31T12:00:00Z")));
        await rig.DrainedAsync();
        Assert.Equal("late", (string?)(await rig.CustomerAsync("003", "salesforce"))!["email"]);

        await rig.SoapAsync(Soap(Notification("04l3", "003", "other", date)));
        await rig.DrainedAsync();

        Assert.Equal("truth", (string?)(await rig.CustomerAsync("003", "salesforce"))!["email"]);
        Assert.Equal(["late", "truth"], rig.Told.Of("003", "salesforce").Select(one => one.Email));
    }

    [Fact]
    public async Task A_gap_marks_the_record_and_reads_it_again()
    {
        await rig.FaultsAsync(new { drop = 1.0 });
        await rig.PutAsync("003", new { email = "a" });

        await rig.SendAsync("1", Cdc("GAP_UPDATE", "003", 5), "salesforce-cdc");
        await rig.SendAsync("2", Cdc("GAP_UPDATE", "unknown", 5), "salesforce-cdc");
        await rig.DrainedAsync();

        Assert.Equal("a", (string?)(await rig.CustomerAsync("003", "salesforce-cdc"))!["email"]);
        Assert.Null(await rig.CustomerAsync("unknown", "salesforce-cdc"));
        Assert.Equal(0, await MarkedAsync());
    }

    [Fact]
    public async Task An_overflow_reads_everything_again()
    {
        await rig.FaultsAsync(new { drop = 1.0 });
        await rig.ReconcileAsync("salesforce-cdc");
        foreach (var id in new[] { "003", "004" })
        {
            await rig.PutAsync(id, new { email = id });
        }

        await rig.SendAsync("1", Cdc("GAP_OVERFLOW", "003*", 5), "salesforce-cdc");
        await rig.DrainedAsync();

        Assert.Equal("004", (string?)(await rig.CustomerAsync("004", "salesforce-cdc"))!["email"]);
        Assert.Equal(1, await rig.CountAsync("select count(*) from webhooks.crm_watermark where source = 'salesforce-cdc' and resyncs = 1 and read_until is not null"));
    }

    [Fact]
    public async Task Change_events_of_one_transaction_go_by_their_commit()
    {
        await rig.SendAsync("2", Cdc("UPDATE", "003", 6, ",\"Email\":\"new\",\"Name\":{\"FirstName\":\"Ann\",\"LastName\":\"Lee\"}"), "salesforce-cdc");
        await rig.SendAsync("1", Cdc("CREATE", "003", 5, ",\"Email\":\"old\",\"Phone\":\"1\""), "salesforce-cdc");
        await rig.DrainedAsync();

        var customer = (await rig.CustomerAsync("003", "salesforce-cdc"))!;
        Assert.Equal(("new", "Ann Lee", "1"), ((string?)customer["email"], (string?)customer["name"], (string?)customer["phone"]));
    }

    private Task<long> MarkedAsync() => rig.CountAsync("select count(*) from webhooks.customer where reads_asked > reads_answered");

    private async Task<JsonNode> ContactAsync(string id) => JsonNode.Parse(await rig.Http.GetStringAsync("/sim/crm/contacts/" + id))!;
}
