using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Orders.Hosting;
using Orders.Tests.Support.Running;

namespace Orders.Tests.Support.Webhooks;

/// <summary>A CRM's side of a running host: it calls the webhook as <c>demo</c>, and looks at what operators see.</summary>
internal sealed class Crm : IDisposable
{
    private static readonly WebhookSecret Secret = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private readonly HttpClient http;

    public Crm(Uri url)
    {
        http = new() { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "demo-operator");
    }

    public HttpClient Http => http;

    /// <summary>Sends an event until it is acknowledged, as a CRM does whose receiver is away for a while.</summary>
    public async Task TellAsync(string id, string contact, long version, string email, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(
            $$$$"""{"type":"contact.updated","timestamp":"2026-01-31T12:00:00Z","data":{"id":"{{{{contact}}}}","version":{{{{version}}}},"fields":{"email":"{{{{email}}}}"}}}""");
        await Eventually.NothingIsMissingAsync(
            async token =>
            {
                try
                {
                    var status = await SendAsync(id, body, token);
                    return status == HttpStatusCode.Accepted ? null : $"{id} is answered {status}";
                }
                catch (HttpRequestException away)
                {
                    return away.Message;
                }
            },
            cancellationToken);
    }

    public async Task<HttpStatusCode> SendAsync(string id, byte[] body, CancellationToken cancellationToken, bool signed = true)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/crm/demo") { Content = new ByteArrayContent(body) };
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, WebhookSignature.Timestamp(now));
        request.Headers.Add(WebhookSignature.SignatureHeader, signed ? WebhookSignature.Sign(id, now, body, Secret) : "v1,no");
        using var answer = await http.SendAsync(request, cancellationToken);
        return answer.StatusCode;
    }

    /// <summary>Waits until the customer is seen like this.</summary>
    public Task SeesAsync(string id, Func<JsonNode, bool> isSo, CancellationToken cancellationToken) => Eventually.NothingIsMissingAsync(
        async token =>
        {
            using var answer = await http.GetAsync($"/api/customers/{id}?source=demo", token);
            var customer = answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonNode>(token) : null;
            return customer is not null && isSo(customer) ? null : $"{id} is {customer?.ToJsonString() ?? answer.StatusCode.ToString()}";
        },
        cancellationToken);

    /// <returns>How many records were healed.</returns>
    public async Task<int> ReconcileAsync(CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync("/api/ops/crm/demo/reconcile", null, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (int)(await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!["healed"]!;
    }

    public void Dispose() => http.Dispose();
}
