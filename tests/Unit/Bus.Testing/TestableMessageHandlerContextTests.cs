using Orders.Bus.Testing;

namespace Orders.Tests.Unit.Bus.Testing;

public sealed class TestableMessageHandlerContextTests
{
    private readonly TestableMessageHandlerContext context = new();

    [Fact]
    public async Task Each_kind_of_saying_is_recorded_apart()
    {
        await context.Send("warehouse", new Label("a"));
        await context.Publish(new Weighed("a", 1));
        await context.Reply(new Weighed("b", 2));

        var sent = Assert.Single(context.SentMessages);
        Assert.Equal(new Label("a"), sent.Message<Label>());
        Assert.Equal("warehouse", sent.Options.GetDestination());
        Assert.Equal(new Weighed("a", 1), Assert.Single(context.PublishedMessages).Message<Weighed>());
        Assert.Equal(new Weighed("b", 2), Assert.Single(context.RepliedMessages).Message<Weighed>());
        Assert.Empty(context.TimeoutMessages);
    }

    [Fact]
    public async Task A_message_of_another_type_reads_as_null()
    {
        await context.Send(new Label("a"));

        Assert.Null(context.SentMessages[0].Message<Weigh>());
    }
}
