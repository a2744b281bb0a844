using System.Text;
using Orders.Bus.Activities;
using Orders.Webhooks.Partners.Sending;

namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>
/// Makes one attempt. Repeated after a crash it is sent again under the same id, by which the partner knows it. Whatever the
/// partner does is an outcome; only what is wrong here is asked again.
/// </summary>
internal sealed class AttemptDeliveryActivity(Parcels parcels, PartnerClient client) : IActivity<AttemptDelivery>
{
    public async Task<object> ExecuteAsync(AttemptDelivery request, ActivityAttempt attempt, CancellationToken cancellationToken)
    {
        var answer = await parcels.FindAsync(request.DeliveryId, request.Attempt, cancellationToken) switch
        {
            null => null,
            { Secrets: null } unsigned => client.Unsigned(unsigned.Url),
            { Secrets: { } secrets } parcel => await client.PostAsync(parcel.Url, request.DeliveryId, Encoding.UTF8.GetBytes(parcel.Body), secrets, cancellationToken),
        };
        return new DeliveryAttempted(request.EndpointId, request.DeliveryId, request.Attempt, answer);
    }

    public object GiveUp(AttemptDelivery request, ActivityAttempt attempt) => new DeliveryAttempted(request.EndpointId, request.DeliveryId, request.Attempt, null);
}
