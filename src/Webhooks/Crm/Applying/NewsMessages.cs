using Orders.Hosting;
using Orders.Webhooks.Crm.Formats;
using Orders.Webhooks.Crm.Reconciling;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Applying;

/// <summary>The messages that carry out what an event means; for one that cannot be meant, the one that sets it aside.</summary>
internal sealed class NewsMessages(CrmFormats formats)
{
    public IEnumerable<object> Of(CrmSource source, CrmEvent one)
    {
        var format = formats.Of(source.Format);
        try
        {
            return Of(source, format.Interpret(source, one.Text));
        }
        catch (Exception poison) when (poison is UnreadableEventException or ProblemException)
        {
            return [new CrmEventSetAside(source.Name, one.Id, format.Keepable(one.Text))];
        }
    }

    public static IEnumerable<object> Of(CrmSource source, CrmNews news) =>
    [
        .. news.Changes.Select(change => new ApplyCrmChange(source.Name, change)),
        .. news.AnythingMayHaveChanged ? new object[] { new ResyncSource(source.Name) } : [],
    ];
}
