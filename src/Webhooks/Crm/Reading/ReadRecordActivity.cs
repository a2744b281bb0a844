using Orders.Bus.Activities;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Reading;

/// <summary>Reads one record at the CRM. Reading twice changes nothing: no key is needed.</summary>
internal sealed class ReadRecordActivity(CrmClients clients, CrmSources sources) : IActivity<ReadRecord>
{
    public async Task<object> ExecuteAsync(ReadRecord request, ActivityAttempt attempt, CancellationToken cancellationToken)
    {
        var found = await clients.Of(sources.Of(request.Source)).FindAsync(request.RecordId, cancellationToken);
        return new RecordRead(request.Source, request.RecordId, request.Number, found);
    }

    public object GiveUp(ReadRecord request, ActivityAttempt attempt) =>
        new RecordRead(request.Source, request.RecordId, request.Number, null, GivenUp: true);
}
