using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Storage;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;
using Orders.Webhooks;
using Orders.Webhooks.Crm.Applying;
using Orders.Webhooks.Crm.Merging;
using static Orders.Tests.Integration.Webhooks.Events;

namespace Orders.Tests.Integration.Webhooks;

public sealed class ErasingTests(PostgresServer postgres) : IAsyncLifetime
{
    private CrmRig rig = null!;

    public async ValueTask InitializeAsync() => rig = await CrmRig.StartAsync(await postgres.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task A_person_is_erased_of_every_source_and_everybody_is_told_once()
    {
        await rig.SendAsync("1", Contact("created", "003", 1, ("email", "ann@x.y"), ("name", "Ann")));
        await rig.SendAsync("2", Contact("created", "004", 1, ("email", "lee@x.y")));
        await rig.SendAsync("1", Cdc("CREATE", "003", 5, ",\"Email\":\"ann@x.y\""), "salesforce-cdc");
        await rig.SoapAsync(Soap(Notification("04l1", "003", "ann@x.y", "2026-01-31T12:00:00Z").Replace("<sf:Email>", "<sf:IsDeleted>true</sf:IsDeleted><sf:Email>", StringComparison.Ordinal)));
        await rig.DrainedAsync();

        var (first, second) = (await rig.EraseAsync("003"), await rig.EraseAsync("003"));
        await rig.DrainedAsync();

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.Status, second.Status));
        Assert.Equal(("003", (string)first.Body!["erasedAt"]!), ((string)second.Body!["customerId"]!, (string)second.Body["erasedAt"]!));
        foreach (var source in new[] { "demo", "salesforce", "salesforce-cdc" })
        {
            var left = (await rig.CustomerAsync("003", source))!;
            Assert.Equal((true, null, null, (string)first.Body["erasedAt"]!), ((bool)left["deleted"]!, (string?)left["email"], (string?)left["name"], (string)left["erasedAt"]!));
            Assert.Empty(left["fields"]!.AsObject());
        }

        Assert.Equal([(1, "ann@x.y", false), (2, null, true)], rig.Told.Of("003").Select(one => (one.Revision, one.Email, one.Deleted)));
        Assert.Equal((2, true), (rig.Told.Of("003", "salesforce-cdc")[^1].Revision, rig.Told.Of("003", "salesforce-cdc")[^1].Deleted));
        Assert.Empty(rig.Told.Of("003", "salesforce"));
        var told = Assert.Single(rig.Told.Erased);
        Assert.Equal(("003", first.Body["erasedAt"]!.GetValue<DateTimeOffset>()), (told.CustomerId, told.At));
        Assert.Equal(["demo", "salesforce", "salesforce-cdc"], told.Sources);
        Assert.Equal(0, await rig.CountAsync("select count(*) from webhooks.customer where id = '003' and (email is not null or state::text like '%x.y%')"));
        Assert.Equal(1, await rig.CountAsync("select count(*) from webhooks.erasure where asked_by = 'demo-operator' or asked_by = 'operator'"));
        Assert.Equal("lee@x.y", (string?)(await rig.CustomerAsync("004"))!["email"]);
    }

    [Fact]
    public async Task An_event_that_is_set_aside_after_the_last_sweep_is_masked_if_it_names_the_person()
    {
        await rig.EraseAsync("003");
        await rig.DrainedAsync();
        await rig.CountAsync("with gone as (delete from bus.erasure returning 1) select count(*) from gone");

        await rig.SendAsync("evt_1", Contact("merged", "003", 1, ("email", "ann@x.y")));
        await rig.SoapAsync(Soap(Notification("04l1", "003", "ann@x.y", "soon"), Notification("04l2", "0031", "lee@x.y", "soon")));
        await rig.SendAsync("evt_2", Contact("merged", "0031", 1, ("email", "lee@x.y")));

        await Eventually.NothingIsMissingAsync(
            async _ => await rig.CountAsync("select count(*) from bus.message where body like '%ann@x.y%'") == 0 ? null : "a message names the person", TestContext.Current.CancellationToken);
        await rig.DrainedAsync();
        Assert.Equal(2, await rig.CountAsync("select count(*) from bus.message where body like '%lee@x.y%'"));
        Assert.Equal(4, await rig.CountAsync("select count(*) from bus.failed"));
    }

    [Theory]
    [InlineData("%20")]
    [InlineData("%20003")]
    [InlineData("003%E2%80%83")]
    public async Task An_id_that_is_blank_or_has_space_around_it_is_nobodys(string id)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await rig.EraseAsync(id)).Status);
        Assert.Equal(0, await rig.CountAsync("select count(*) from webhooks.erasure"));
    }

    [Fact]
    public async Task Nothing_that_is_stale_brings_a_value_back_or_asks_the_CRM()
    {
        await rig.FaultsAsync(new { drop = 1.0 });
        await rig.PutAsync("003", new { email = "a" });
        await rig.SendAsync("1", Contact("created", "003", 1, ("email", "a")));
        await rig.SendAsync("1", Cdc("GAP_UPDATE", "003", 5), "salesforce-cdc");
        await rig.DrainedAsync();
        var asked = await AskedAsync();
        // A read that was given up: the next reconciliation would ask.
        await rig.CountAsync("update webhooks.customer set reads_asked = reads_asked + 1 where id = '003' and source = 'demo' returning 1::bigint");
        await rig.EraseAsync("003");
        await rig.DrainedAsync();
        Assert.Equal(0, await rig.CountAsync("select count(*) from webhooks.customer where reads_asked > reads_answered"));
        var told = rig.Told.Of("003").Length;

        await rig.SendAsync("2", Contact("updated", "003", 20, ("email", "stale@x.y")));
        await rig.SendAsync("3", Contact("created", "003", 30, ("email", "stale@x.y")));
        await rig.SendAsync("4", Later("updated", "003", 40, ("email", "stale@x.y")));
        await rig.SendAsync("2", Cdc("GAP_UPDATE", "003", 9), "salesforce-cdc");
        await rig.SoapAsync(Soap(Notification("04l1", "003", "stale@x.y", "2100-01-31T12:00:00Z")));
        await rig.DrainedAsync();
        foreach (var source in new[] { "demo", "demo", "salesforce", "salesforce-cdc" })
        {
            var report = await rig.ReconcileAsync(source);
            Assert.Equal((0, 0, 0), ((int)report["found"]!, (int)report["updated"]!, (int)report["healed"]!));
        }

        await rig.DrainedAsync();
        Assert.Equal((asked, told), (await AskedAsync(), rig.Told.Of("003").Length));
        Assert.Equal(0, await rig.CountAsync("select count(*) from webhooks.customer where email is not null or state::text like '%value%' or reads_asked > reads_answered"));
        Assert.Null(await rig.CustomerAsync("003", "salesforce"));
        Assert.Single(rig.Told.Erased);
        // Each came in a message of its own, after all others were masked.
        await Eventually.NothingIsMissingAsync(
            async _ => await rig.CountAsync("select count(*) from bus.message where body like '%stale@x.y%'") == 0 ? null : "a message names the person", TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_id_that_no_CRM_told_of_is_erased_before_one_does()
    {
        Assert.Equal(HttpStatusCode.Accepted, (await rig.EraseAsync("david")).Status);
        await rig.SendAsync("1", Contact("updated", "david", 7, ("email", "a")));
        await rig.SendAsync("2", Later("updated", "david", 8, ("email", "a")));
        await rig.DrainedAsync();

        Assert.Equal("david", Assert.Single(rig.Told.Erased).CustomerId);
        Assert.Equal(0, await rig.CountAsync("select count(*) from webhooks.customer"));
    }

    [Fact]
    public async Task A_new_life_after_it_is_heard_of_and_the_CRM_says_how_it_is()
    {
        await rig.FaultsAsync(new { drop = 1.0 });
        await rig.SendAsync("1", Contact("created", "003", 1, ("email", "a"), ("name", "Ann")));
        await rig.DrainedAsync();
        var erased = await rig.EraseAsync("003");
        await rig.DrainedAsync();
        await rig.PutAsync("003", new { phone = "1" });
        await rig.PutAsync("003", new { phone = "2" });
        await rig.PutAsync("003", new { phone = "3" });

        await rig.SendAsync("2", Later("created", "003", 2, ("email", "b")));
        await rig.DrainedAsync();

        var back = (await rig.CustomerAsync("003"))!;
        Assert.Equal((false, null, "3"), ((bool)back["deleted"]!, (string?)back["name"], (string?)back["phone"]));
        Assert.Equal((string)erased.Body!["erasedAt"]!, (string)back["erasedAt"]!);
        Assert.Equal((0, 1), ((int)(await rig.ReconcileAsync())["healed"]!, rig.Told.Erased.Count));

        var again = await rig.EraseAsync("003", """{"again":true}""");
        await rig.DrainedAsync();

        Assert.True(again.Body!["erasedAt"]!.GetValue<DateTimeOffset>() > erased.Body["erasedAt"]!.GetValue<DateTimeOffset>());
        Assert.True((bool)(await rig.CustomerAsync("003"))!["deleted"]!);
        Assert.Equal((2, 2), (rig.Told.Erased.Count, await rig.CountAsync("select count(*) from webhooks.erasure")));
    }

    [Fact]
    public async Task What_is_applied_at_the_same_moment_is_erased_as_well()
    {
        var transactions = rig.Services.GetRequiredService<ITransactions>();
        var token = TestContext.Current.CancellationToken;
        Task<(HttpStatusCode Status, System.Text.Json.Nodes.JsonNode? Body)>? erasing = null;
        await transactions.RunAsync(WebhooksModule.Name, async transaction =>
        {
            await transaction.Services.GetRequiredService<CustomerBook>().ApplyAsync(
                "demo", new("003", ChangeKind.Created, new(1), DateTimeOffset.UnixEpoch, new Dictionary<string, string?>(StringComparer.Ordinal) { ["email"] = "a" }), transaction);
            erasing = rig.EraseAsync("003");
            await Eventually.NothingIsMissingAsync(
                async _ => erasing.IsCompleted || await rig.CountAsync("select count(*) from pg_locks where locktype = 'advisory' and classid = 7262 and not granted") > 0 ? null : "it neither waits nor is done",
                token);
            if (erasing.IsCompleted)
            {
                await rig.DrainedAsync();
            }
        }, token);

        await erasing!;
        await rig.DrainedAsync();

        Assert.True((bool)(await rig.CustomerAsync("003"))!["deleted"]!);
    }

    [Fact]
    public async Task Operators_alone_may_and_an_id_that_nobody_has_is_not_found()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await rig.EraseAsync("a%07b")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await rig.EraseAsync(new string('a', 321))).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await rig.EraseAsync(new string('a', 320))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await rig.EraseAsync("003", """{"because":1}""")).Status);
        rig.Http.DefaultRequestHeaders.Authorization = new("Bearer", "demo-shopper");
        Assert.Equal(HttpStatusCode.Forbidden, (await rig.EraseAsync("003")).Status);
        Assert.Equal(1, await rig.CountAsync("select count(*) from webhooks.erasure"));
    }

    private static string Later(string type, string id, long version, params (string, string?)[] fields) =>
        ContactAt(TimeProvider.System.GetUtcNow().AddSeconds(1), type, id, version, fields);

    private Task<long> AskedAsync() => rig.CountAsync("select count(*) from bus.message where type = 'webhooks.read-record'");
}
