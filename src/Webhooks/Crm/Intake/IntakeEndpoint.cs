using Orders.Hosting;
using Orders.Webhooks.Crm.Formats;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Intake;

/// <summary><c>POST /webhooks/crm/{source}</c>: proves the sender, takes the call apart, and answers once all of it is durable.</summary>
internal static class IntakeEndpoint
{
    /// <summary>Salesforce takes nothing else for a yes.</summary>
    private const string Acknowledgement =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>
        """;

    public static void MapIntake(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/webhooks/crm/{source}", TakeAsync)
            .AnswersWhateverIsAccepted()
            .Answers("text/xml")
            .Describe(
                "webhooks", "takeCrmWebhook", "Takes in what a CRM says of its records",
                "Who calls is proven by what the source is configured with: the headers webhook-id, webhook-timestamp and webhook-signature of Standard "
                + "Webhooks 1.0, or for Salesforce's Outbound Messages the organisation and the query's key. The body is as the source's format has it.")
            .TakesPath("source", "A configured source.")
            .TakesHeader(WebhookSignature.IdHeader, "The event's id, the same whenever it is sent again.")
            .TakesHeader(WebhookSignature.TimestampHeader, "Seconds since 1970, within five minutes of now.")
            .TakesHeader(WebhookSignature.SignatureHeader, "v1, and the base64 of HMAC-SHA256 over id.timestamp.body; several apart by spaces.")
            .Gives(200, "All of an Outbound Message's notifications are durable.")
            .Gives(202, WebhooksHttpJson.Strict.IntakeAnswer, "All of it is durable, and is applied from here on.")
            .Fails(400, "invalid-request")
            .Fails(401, "unknown-sender")
            .Fails(404, "not-found")
            .Fails(409, "event-id-reused")
            .Fails(413, "body-too-large");

    private static async Task<IResult> TakeAsync(string source, HttpContext http, CrmSources sources, CrmFormats formats, StoreEvents store, TimeProvider clock)
    {
        if (sources.Find(source) is not { } from)
        {
            return Problems.Of(404, "not-found", "There is no such source.");
        }

        var call = new CrmCall(http.Request.Headers, http.Request.Query, await CrmBody.ReadAsync(http.Request, http.RequestAborted));
        if (Proven(formats.Of(from.Format), from, call, clock.GetUtcNow()) is not { } events)
        {
            http.Response.Headers.WWWAuthenticate = "Webhook-Signature";
            return Problems.Of(401, "unknown-sender", "What proves the sender is missing, wrong, or more than 300 seconds off.");
        }

        var answer = await store.RunAsync(from, events, http.RequestAborted);
        return from.Format == CrmFormat.SalesforceOutbound
            ? TypedResults.Text(Acknowledgement, "text/xml")
            : TypedResults.Json(answer, WebhooksHttpJson.Strict.IntakeAnswer, statusCode: 202);
    }

    /// <summary>The call's events; null where nobody knows who sent it.</summary>
    private static IReadOnlyList<CrmEvent>? Proven(ICrmFormat format, CrmSource source, CrmCall call, DateTimeOffset now)
    {
        try
        {
            return format.Proves(source, call, now) ? format.Read(source, call) : null;
        }
        catch (UnknownSenderException)
        {
            return null;
        }
    }
}
