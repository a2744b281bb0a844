using Orders.Bus.Engine;
using Orders.Webhooks.Crm.Merging;
using Orders.Webhooks.Crm.Reading;

namespace Orders.Webhooks.Crm.Applying;

/// <summary>Applies what the CRM said, by itself or when asked.</summary>
internal sealed class ApplyHandler(CustomerBook book, Erasure erasure, TimeProvider clock) : IHandleMessages<ApplyCrmChange>, IHandleMessages<RecordRead>
{
    public Task Handle(ApplyCrmChange message, IMessageHandlerContext context) => ApplyAsync(message.Source, message.Change, context);

    public async Task Handle(RecordRead message, IMessageHandlerContext context)
    {
        if (message.Found is { } found)
        {
            await ApplyAsync(message.Source, found, context);
        }

        // Not found: the CRM never knew it, or forgot it. What is known here stays, for a person to look at.
        if (!message.GivenUp)
        {
            await book.AnsweredAsync(new(message.Source, message.RecordId), message.Number, context.CancellationToken);
        }
    }

    /// <summary>What is stale for an erased person is kept nowhere: not in the message that brought it either, which came after all others were masked.</summary>
    private async Task ApplyAsync(string source, CrmChange change, IMessageHandlerContext context)
    {
        var merged = await book.ApplyAsync(source, change, context);
        if (merged.IsErased && change.Fields.Values.Any(value => value is not null))
        {
            erasure.OfMessage(Guid.Parse(context.MessageId), clock.GetUtcNow());
        }
    }
}
