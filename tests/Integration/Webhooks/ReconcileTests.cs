using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Bus.Storage;
using Orders.Hosting;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;
using Orders.Webhooks;
using Orders.Webhooks.Crm.Reconciling;

namespace Orders.Tests.Integration.Webhooks;

public sealed class ReconcileTests(PostgresServer postgres) : IAsyncLifetime
{
    private CrmRig rig = null!;
    private string connection = "";

    public async ValueTask InitializeAsync() => rig = await CrmRig.StartAsync(connection = await postgres.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task What_was_missed_is_healed_and_told_and_the_next_run_finds_nothing_to_heal()
    {
        await rig.ReconcileAsync();
        await rig.FaultsAsync(new { drop = 1.0 });
        await rig.PutAsync("1", new { email = "a" });
        await rig.PutAsync("2", new { email = "b" });
        await rig.Http.DeleteAsync("/sim/crm/contacts/2", TestContext.Current.CancellationToken);

        var first = await rig.ReconcileAsync();
        var second = await rig.ReconcileAsync();
        await rig.DrainedAsync();

        // The second was deleted before anybody heard of it: there is nothing to tell of it.
        Assert.Equal((false, 1, 1, 2, 1), Of(first));
        Assert.Equal((false, 1, 1, 2, 0), Of(second));
        Assert.Equal("a", Assert.Single(rig.Told.Of("1")).Email);
        Assert.True((bool)(await rig.CustomerAsync("2"))!["deleted"]!);
    }

    [Fact]
    public async Task The_first_run_and_one_whose_window_is_too_old_read_everything()
    {
        await rig.FaultsAsync(new { drop = 1.0 });
        for (var id = 0; id < 450; id++)
        {
            await rig.PutAsync($"c{id:D3}", new { email = $"{id}" });
        }

        Assert.Equal((true, 450, 0, 450, 450), Of(await rig.ReconcileAsync("salesforce-cdc")));
        await rig.PutAsync("c000", new { email = "new" });
        await rig.CountAsync("update webhooks.crm_watermark set read_until = read_until - interval '31 days' where source = 'salesforce-cdc' returning 1::bigint");

        Assert.Equal((true, 450, 0, 450, 1), Of(await rig.ReconcileAsync("salesforce-cdc")));
        Assert.False((bool)(await rig.ReconcileAsync("salesforce-cdc"))["full"]!);
    }

    [Fact]
    public async Task The_watermark_stays_where_it_is_until_everything_is_read()
    {
        await rig.ReconcileAsync();
        await using var failing = await FailingCrm.StartAsync();
        await using var other = await CrmRig.StartAsync(connection, failing.Url);
        var before = await WatermarkAsync();

        using var answer = await other.Http.PostAsync("/api/ops/crm/demo/reconcile", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.True(failing.Asked > 0);
        Assert.Equal(before, await WatermarkAsync());
        await rig.ReconcileAsync();
        Assert.True(await WatermarkAsync() > before);
    }

    [Fact]
    public async Task What_looks_like_a_card_number_is_kept_neither_from_an_event_nor_from_a_read()
    {
        await rig.PutAsync("told", new { email = "a", name = "Ann 4111 1111 1111 1111", phone = "4111111111111111" });
        await rig.DrainedAsync();
        await rig.FaultsAsync(new { drop = 1.0 });
        await rig.PutAsync("read", new { email = "4111-1111-1111-1111", name = "Lee" });
        await rig.ReconcileAsync();
        await rig.DrainedAsync();

        var (told, read) = ((await rig.CustomerAsync("told"))!, (await rig.CustomerAsync("read"))!);
        Assert.Equal(("a", FreeTexts.Removed, "4111111111111111"), ((string?)told["email"], (string?)told["name"], (string?)told["phone"]));
        Assert.Equal((FreeTexts.Removed, "Lee"), ((string?)read["email"], (string?)read["name"]));
        Assert.Equal(0, await rig.CountAsync("select count(*) from bus.message where body like '%4111 1111%' or body like '%4111-1111%'"));
    }

    [Fact]
    public async Task Several_runs_at_once_heal_and_tell_each_change_once()
    {
        const int Contacts = 300;
        await rig.FaultsAsync(new { drop = 1.0 });
        foreach (var email in new[] { "first", "second" })
        {
            await Parallel.ForAsync(0, Contacts, async (id, _) => await rig.PutAsync($"c{id:D3}", new { email }));

            var reports = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => rig.ReconcileAsync()));

            Assert.Equal(Contacts, reports.Sum(report => (int)report["healed"]!));
        }

        await rig.DrainedAsync();
        Assert.Equal(2 * Contacts, await rig.CountAsync("select sum(revision)::bigint from webhooks.customer"));
        Assert.Equal(2 * Contacts, await rig.CountAsync("select count(*) from bus.message where type = 'webhooks.customer-changed'"));
    }

    [Fact]
    public async Task A_run_that_began_before_everything_may_have_changed_does_not_say_that_all_is_read()
    {
        var database = rig.Services.GetRequiredService<NpgsqlDataSource>();
        await rig.ReconcileAsync();
        var began = await WatermarkTable.ReadAsync(database, "demo", TestContext.Current.CancellationToken);
        await rig.Services.GetRequiredService<ITransactions>().RunAsync(
            WebhooksModule.Name,
            transaction =>
            {
                WatermarkTable.Forgetting(transaction.Services.GetRequiredService<BatchStorage>(), "demo");
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);

        await WatermarkTable.AdvanceAsync(database, "demo", TimeProvider.System.GetUtcNow(), began, TestContext.Current.CancellationToken);

        Assert.True((bool)(await rig.ReconcileAsync())["full"]!);
        Assert.False((bool)(await rig.ReconcileAsync())["full"]!);
    }

    [Fact]
    public async Task The_schedule_heals_without_being_asked()
    {
        await rig.FaultsAsync(new { drop = 1.0 });
        await rig.PutAsync("1", new { email = "a" });
        await using var other = await CrmRig.StartAsync(connection, new(rig.Http.BaseAddress!, "/sim/crm"), scheduled: true);

        await Eventually.NothingIsMissingAsync(async _ => await other.CustomerAsync("1") is null ? "nothing is healed" : null, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_source_that_is_unknown_or_not_an_operators_is_refused()
    {
        using var unknown = await rig.Http.PostAsync("/api/ops/crm/nobody/reconcile", null, TestContext.Current.CancellationToken);
        rig.Http.DefaultRequestHeaders.Authorization = new("Bearer", "demo-shopper");
        using var shopper = await rig.Http.PostAsync("/api/ops/crm/demo/reconcile", null, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Forbidden), (unknown.StatusCode, shopper.StatusCode));
    }

    private static (bool Full, int Updated, int Deleted, int Found, int Healed) Of(JsonNode report) => (
        (bool)report["full"]!, (int)report["updated"]!, (int)report["deleted"]!, (int)report["found"]!, (int)report["healed"]!);

    private Task<long> WatermarkAsync() => rig.CountAsync("select (extract(epoch from read_until) * 1000000)::bigint from webhooks.crm_watermark where source = 'demo'");
}
