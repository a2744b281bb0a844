namespace Orders.Tests.Unit.BusAnalyzers;

/// <summary>What is sent is awaited, also where the compiler does not ask for it.</summary>
public sealed class DroppedTaskTests
{
    [Theory]
    [InlineData("_ = [|context.Send(message)|];")]
    [InlineData("_ = [|context.Publish(message)|];")]
    [InlineData("_ = [|context.Reply(message)|];")]
    [InlineData("_ = [|context.Send(message, new SendOptions())|];")]
    [InlineData("_ = [|own.Send(message, new SendOptions())|];")]
    [InlineData("_ = [|session.Publish(message)|];")]
    [InlineData("_ = [|handler.Handle(message, context)|];")]
    [InlineData("_ = [|context.Send(message)|].ConfigureAwait(false);")]
    [InlineData("_ = maybe?[|.Send(message, new SendOptions())|];")]
    [InlineData("maybe?[|.Send(message, new SendOptions())|];")]
    public async Task A_send_that_nobody_waits_for_is_an_error(string statement)
    {
        var (code, text) = Marked.Parse(statement);

        var found = Assert.Single(await Handling(code));

        Assert.Equal(("ORD0003", text), (found.Id, found.Text));
    }

    [Theory]
    [InlineData("await context.Send(message);")]
    [InlineData("await context.Send(message).ConfigureAwait(false);")]
    [InlineData("var sending = context.Send(message); await sending;")]
    [InlineData("await Task.WhenAll(context.Send(message), context.Publish(message));")]
    [InlineData("Func<Task> later = () => context.Send(message); await later();")]
    [InlineData("_ = Task.FromResult(1);")]
    [InlineData("_ = new SendOptions().GetMessageId();")]
    public async Task A_send_that_is_awaited_returned_or_passed_on_is_welcome(string statement) => Assert.Empty(await Handling(statement));

    // No saga is near: the rule is every handler's.
    private static Task<IReadOnlyList<Finding>> Handling(string statement) => Analysed.FilesAsync((Analysed.Source,
        $$"""
        namespace Shop.Handling;
        internal static class Handler
        {
            public static async Task Handle(
                string message, IMessageHandlerContext context, IPipelineContext? maybe, IMessageSession session,
                Orders.Bus.Testing.TestableMessageHandlerContext own, IHandleMessages<string> handler)
            {
                {{statement}}
                await Task.CompletedTask;
            }
        }
        """));
}
