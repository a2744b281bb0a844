using Orders.Api.CatalogueCopy;
using Orders.Api.ConfirmPurchase;
using Orders.Bus.Engine;
using Orders.Hosting;

namespace Orders.Tests.Unit.OrdersApi.ConfirmPurchase;

public sealed class ConfirmServiceTests
{
    private static readonly ConfirmRequest Request = SomePurchase.Request(SomePurchase.Body());

    [Fact]
    public void A_pipeline_that_is_too_far_behind_takes_no_order() =>
        Assert.Equal(TimeSpan.FromSeconds(7), Service(new(), new Depth(Overloaded: true)).RetryAfter);

    [Fact]
    public void A_full_queue_takes_no_order_and_one_with_room_does()
    {
        var queue = new ConfirmQueue(capacity: 1);
        var confirms = Service(queue, new Depth(Overloaded: false));

        Assert.Null(confirms.RetryAfter);
        queue.TryAdd(Request);
        Assert.NotNull(confirms.RetryAfter);
    }

    [Fact]
    public async Task A_full_queue_asks_the_shopper_to_come_back()
    {
        var queue = new ConfirmQueue(capacity: 1);
        queue.TryAdd(Request);
        var confirms = Service(queue, new Depth(Overloaded: false));

        var problem = await Assert.ThrowsAsync<ProblemException>(() => confirms.ConfirmAsync(Request, CancellationToken.None));

        Assert.Equal((503, "overloaded"), (problem.Status, problem.Slug));
        Assert.NotNull(problem.RetryAfter);
    }

    [Fact]
    public async Task A_refusal_by_the_catalogue_is_looked_at_again_when_the_item_changes()
    {
        var catalogue = new CatalogueSignal();
        var queue = new ConfirmQueue();
        var confirmed = new ConfirmService(queue, catalogue, new Depth(false), TimeProvider.System).ConfirmAsync(Request, CancellationToken.None);
        var unknown = new ConfirmOutcome.UnknownSku(0, "2341083");

        (await queue.Reader.ReadAsync()).Answer(unknown); // the first look
        (await queue.Reader.ReadAsync()).Answer(unknown); // the look after the wait was taken
        catalogue.Changed(["2341083"]);
        (await queue.Reader.ReadAsync()).Answer(new ConfirmOutcome.KeyReused()); // the look that the change brought

        Assert.IsType<ConfirmOutcome.KeyReused>(await confirmed);
    }

    private static ConfirmService Service(ConfirmQueue queue, IBacklog backlog) => new(queue, new(), backlog, TimeProvider.System);

    private sealed record Depth(bool Overloaded) : IBacklog
    {
        public TimeSpan RetryAfter => TimeSpan.FromSeconds(7);

        int IBacklog.Depth => 0;
    }
}
