using System.Text.Json.Nodes;
using Orders.Contracts;
using Orders.Tests.Support.Running;
using static Orders.Tests.Integration.OrdersApi.OrdersApiFixture;

namespace Orders.Tests.Integration.OrdersApi;

public sealed class CustomerCopyTests(OrdersApiFixture orders) : IClassFixture<OrdersApiFixture>
{
    private static int tests;

    /// <summary>The tests share a database and a customer: what one tells is later than what those before it told, whatever their order.</summary>
    private readonly DateTimeOffset began = new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero).AddDays(Interlocked.Increment(ref tests));

    [Fact]
    public async Task An_operator_sees_who_the_customer_is_now_and_nobody_else_does()
    {
        var path = $"/api/orders/{await orders.PlaceAsync()}";
        var asShopper = await orders.GetAsync(path);
        var bytes = await asShopper.Content.ReadAsStringAsync();
        await TellAsync("demo", 1, "david@x.y", "David", 0);

        var shown = await SeenAsync(path, customer => (string?)customer?["email"] == "david@x.y");

        Assert.Equal("""{"id":"david","source":"demo","email":"david@x.y","name":"David"}""", shown["customer"]!.ToJsonString());
        var listed = await JsonAsync(await orders.GetAsync("/api/orders?userId=david&limit=1", "demo-operator"));
        Assert.Equal("david@x.y", (string?)listed["items"]![0]!["customer"]!["email"]);
        Assert.Equal(bytes, await (await orders.GetAsync(path)).Content.ReadAsStringAsync());
        Assert.DoesNotContain("customer", await (await orders.GetAsync("/api/orders")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("Authorization", asShopper.Headers.Vary.Single());
    }

    [Fact]
    public async Task The_operators_tag_changes_with_the_customer_and_the_shoppers_does_not()
    {
        var path = $"/api/orders/{await orders.PlaceAsync(token: "demo-shopper-2")}";
        var (shopper, before) = (await TagAsync(path, "demo-shopper-2"), await TagAsync(path, "demo-operator"));
        await TellAsync("demo", 1, "rachel@x.y", "Rachel", 0, "rachel");
        await SeenAsync(path, customer => customer is not null);
        var (known, after) = (await orders.GetAsync(path, "demo-operator", before), await TagAsync(path, "demo-operator"));

        Assert.Equal((200, 304), ((int)known.StatusCode, (int)(await orders.GetAsync(path, "demo-operator", after)).StatusCode));
        Assert.Equal(3, new[] { shopper, before, after }.Distinct().Count());
        Assert.Equal((shopper, 304), (await TagAsync(path, "demo-shopper-2"), (int)(await orders.GetAsync(path, "demo-shopper-2", shopper)).StatusCode));
    }

    [Fact]
    public async Task Of_several_sources_the_last_that_changed_and_is_not_deleted_is_shown_and_an_older_revision_changes_nothing()
    {
        var path = $"/api/orders/{await orders.PlaceAsync()}";
        await TellAsync("a", 5, "a@x.y", "A", 1);
        await SeenAsync(path, customer => (string?)customer?["source"] == "a");
        await TellAsync("b", 3, "b@x.y", "B", 2);
        await SeenAsync(path, customer => (string?)customer?["source"] == "b");
        await TellAsync("a", 4, "old@x.y", "Old", 3);
        await orders.PublishAsync(new CustomerChanged("b", "david", 4, null, null, null, Deleted: true, 9, began.AddHours(4)));

        var shown = await SeenAsync(path, customer => (string?)customer?["source"] == "a");
        await TellAsync("b", 3, "late@x.y", "B", 5);
        await orders.NothingWaitsAsync();

        Assert.Equal("a@x.y", (string?)shown["customer"]!["email"]);
        Assert.Equal(1, await orders.CountAsync("select count(*) from orders.customer where source = 'b' and deleted and revision = 4 and email is null and name is null"));
    }

    private Task TellAsync(string source, long revision, string email, string name, int hour, string id = "david") =>
        orders.PublishAsync(new CustomerChanged(source, id, revision, email, name, null, Deleted: false, revision, began.AddHours(hour)));

    private async Task<string> TagAsync(string path, string token) => (await orders.GetAsync(path, token)).Headers.ETag!.ToString();

    private async Task<JsonNode> SeenAsync(string path, Func<JsonNode?, bool> isSo)
    {
        JsonNode? order = null;
        await Eventually.NothingIsMissingAsync(
            async _ => isSo((order = await JsonAsync(await orders.GetAsync(path, "demo-operator")))["customer"]) ? null : order.ToJsonString(), TestContext.Current.CancellationToken);
        return order!;
    }
}
