using System.Net;
using Orders.Hosting;
using Orders.Tests.Support;
using static Orders.Tests.Integration.Webhooks.Events;

namespace Orders.Tests.Integration.Webhooks;

/// <summary>What a CRM answers that nobody can keep as it is.</summary>
public sealed class OddAnswersTests(PostgresServer postgres) : IAsyncLifetime
{
    private StubCrm crm = null!;
    private CrmRig rig = null!;

    public async ValueTask InitializeAsync()
    {
        crm = await StubCrm.StartAsync();
        rig = await CrmRig.StartAsync(await postgres.CreateDatabaseAsync(), crm.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await rig.DisposeAsync();
        await crm.DisposeAsync();
    }

    [Theory]
    [InlineData(@"a\u0000b", "a\uFFFDb")]
    [InlineData(@"a\ud800b", "a\uFFFDb")]
    [InlineData("4111 1111 1111 1111", FreeTexts.Removed)]
    public async Task A_text_that_cannot_be_kept_is_cleaned_and_its_neighbours_are_healed(string theirs, string ours)
    {
        crm.Lists(StubCrm.Record("1", "first"), StubCrm.Record("2", theirs), StubCrm.Record("..", "x"), StubCrm.Record(@"\u0000", "x"));
        Assert.Equal(2, (int)(await rig.ReconcileAsync())["healed"]!);
        crm.Tells("3", "4", "..");
        crm.Knows("3", theirs);
        crm.Knows("4", "fourth");

        var second = await rig.ReconcileAsync();

        Assert.Equal((false, 2), ((bool)second["full"]!, (int)second["healed"]!));
        Assert.Equal<string?[]>(["first", ours, ours, "fourth"], await Task.WhenAll(new[] { "1", "2", "3", "4" }.Select(EmailAsync)));
        Assert.Equal(2030, await rig.CountAsync("select extract(year from read_until)::bigint from webhooks.crm_watermark where source = 'demo'"));
    }

    [Fact]
    public async Task A_value_is_cut_and_a_name_that_is_none_left_out()
    {
        crm.Lists(StubCrm.Record("1", new string('x', 3_999) + @"\ud83d\ude00").Replace("\"email\"", "\"a b\":\"y\",\"email\"", StringComparison.Ordinal));

        await rig.ReconcileAsync();

        Assert.Equal(new string('x', 3_999), await EmailAsync("1"));
        Assert.Single((await rig.CustomerAsync("1"))!["fields"]!.AsObject());
    }

    [Fact]
    public async Task A_record_that_an_event_has_read_is_cleaned_as_well()
    {
        crm.Knows("7", @"a\u0000b");

        await rig.SendAsync("evt_1", Contact("updated", "7", 1, ("name", "Ann")));
        await rig.DrainedAsync();

        Assert.Equal("a\uFFFDb", await EmailAsync("7"));
    }

    [Fact]
    public async Task Another_record_than_the_one_that_was_asked_for_is_not_applied()
    {
        crm.Lists();
        await rig.ReconcileAsync();
        crm.Tells("1");
        crm.Knows("1", "a", says: "2");

        using var answer = await rig.Http.PostAsync("/api/ops/crm/demo/reconcile", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(0, await rig.CountAsync("select count(*) from webhooks.customer"));
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read()
    {
        crm.Lists(StubCrm.Record("1", new string('x', 33 * 1024 * 1024)));

        using var answer = await rig.Http.PostAsync("/api/ops/crm/demo/reconcile", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Theory]
    [InlineData("a/../b", "a%2F..%2Fb")]
    [InlineData("a?b#c", "a%3Fb%23c")]
    [InlineData("...", "...")]
    public async Task An_id_stays_in_its_place_in_the_path(string id, string inPath)
    {
        crm.Knows(inPath, "a", says: id);

        await rig.SendAsync("evt_1", Contact("updated", id, 1, ("name", "Ann")));
        await rig.DrainedAsync();

        Assert.Equal(["/contacts/" + inPath], crm.Asked);
        Assert.Equal(1, await rig.CountAsync("select count(*) from webhooks.customer where email = 'a'"));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task An_id_that_would_lead_out_of_the_path_is_not_asked_for(string id)
    {
        await rig.SendAsync("evt_1", Contact("updated", id, 1, ("name", "Ann")));
        await rig.DrainedAsync();

        Assert.Empty(crm.Asked);
        Assert.Equal(1, await rig.CountAsync("select count(*) from bus.failed"));
    }

    private async Task<string?> EmailAsync(string id) => (string?)(await rig.CustomerAsync(id))!["email"];
}
