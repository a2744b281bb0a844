using Orders.Bus.Composition;
using Orders.Webhooks.Crm.Formats;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Applying;

/// <summary>
/// An event that was acknowledged and cannot be meant, as it came but for card numbers. It ends in the error queue; edited there, or after this program
/// has learnt to read it, it is applied.
/// </summary>
internal sealed record CrmEventSetAside(string Source, string EventId, [property: Personal(MayMentionAnybody = true)] string Text) : ICommand;

/// <summary>Reads it once more: where it was edited it can be applied, else it fails, for good and at once.</summary>
internal sealed class CrmEventSetAsideHandler(CrmSources sources, CrmFormats formats) : IHandleMessages<CrmEventSetAside>
{
    public async Task Handle(CrmEventSetAside message, IMessageHandlerContext context)
    {
        var source = sources.Of(message.Source);
        foreach (var told in NewsMessages.Of(source, formats.Of(source.Format).Interpret(source, message.Text)))
        {
            await context.SendLocal(told);
        }
    }
}
