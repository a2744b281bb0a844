using System.Net;
using System.Text.Json.Nodes;
using Orders.Tests.Support;
using static Orders.Tests.Integration.Webhooks.Events;

namespace Orders.Tests.Integration.Webhooks;

public sealed class CustomersApiTests(PostgresServer postgres) : IAsyncLifetime
{
    private CrmRig rig = null!;

    public async ValueTask InitializeAsync() => rig = await CrmRig.StartAsync(await postgres.CreateDatabaseAsync());

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task Customers_are_found_by_email_and_listed_page_by_page_for_operators_alone()
    {
        foreach (var id in new[] { "1", "2", "3" })
        {
            await rig.SendAsync(id, Contact("created", id, 1, ("email", id == "3" ? "other@x.y" : "Same@x.y")));
        }

        await rig.DrainedAsync();

        var first = await ListAsync("?email=same@X.y&limit=1");
        var second = await ListAsync($"?email=same@X.y&limit=1&cursor={first["next"]}");
        Assert.Equal(("1", "2"), ((string?)first["items"]![0]!["id"], (string?)second["items"]![0]!["id"]));
        Assert.Null(second["next"]);
        Assert.Equal(3, (await ListAsync(""))["items"]!.AsArray().Count);
        Assert.Empty((await ListAsync("?email=nobody"))["items"]!.AsArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync("/api/customers?cursor=*")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync("/api/customers?email=")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/api/customers/9")).StatusCode);
        rig.Http.DefaultRequestHeaders.Authorization = new("Bearer", "demo-shopper");
        Assert.Equal(HttpStatusCode.Forbidden, (await GetAsync("/api/customers/1")).StatusCode);
    }

    [Fact]
    public async Task An_id_that_two_CRMs_know_needs_its_source()
    {
        await rig.SendAsync("1", Contact("created", "003", 1, ("email", "a")));
        await rig.SendAsync("1", Cdc("CREATE", "003", 5, ",\"Email\":\"b\""), "salesforce-cdc");
        await rig.DrainedAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await GetAsync("/api/customers/003")).StatusCode);
        Assert.Equal("b", (string?)(await rig.CustomerAsync("003", "salesforce-cdc"))!["email"]);
    }

    private async Task<JsonNode> ListAsync(string query) => JsonNode.Parse(await rig.Http.GetStringAsync("/api/customers" + query))!;

    private Task<HttpResponseMessage> GetAsync(string path) => rig.Http.GetAsync(path);
}
