using Orders.Webhooks.Crm.Reading;

namespace Orders.Webhooks.Crm.Applying;

/// <summary>Applies what the CRM said, by itself or when asked.</summary>
internal sealed class ApplyHandler(CustomerBook book) : IHandleMessages<ApplyCrmChange>, IHandleMessages<RecordRead>
{
    public Task Handle(ApplyCrmChange message, IMessageHandlerContext context) => book.ApplyAsync(message.Source, message.Change, context);

    public async Task Handle(RecordRead message, IMessageHandlerContext context)
    {
        if (message.Found is { } found)
        {
            await book.ApplyAsync(message.Source, found, context);
        }

        // Not found: the CRM never knew it, or forgot it. What is known here stays, for a person to look at.
        if (!message.GivenUp)
        {
            await book.AnsweredAsync(new(message.Source, message.RecordId), message.Number, context.CancellationToken);
        }
    }
}
