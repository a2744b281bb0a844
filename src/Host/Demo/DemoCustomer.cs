using System.Text.Json.Nodes;
using Orders.Host.Client;

namespace Orders.Host.Demo;

/// <summary>A customer's email changes in the simulated CRM, which calls the webhook, and the copy here has it.</summary>
internal sealed class DemoCustomer(OperatorApi api, TimeProvider clock)
{
    private const string Id = "demo-david";
    private const string Before = "david@example.com";
    private const string After = "david.xiang@example.org";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Tells what it sees, line by line.</summary>
    /// <returns>Whether the change arrived.</returns>
    public async Task<bool> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await ChangeAsync(Before, cancellationToken);
        await ArrivesAsync(Before, cancellationToken);
        var before = await SeenAsync(cancellationToken);
        var changed = clock.GetTimestamp();
        await ChangeAsync(After, cancellationToken);
        var arrived = await ArrivesAsync(After, cancellationToken);
        await output.WriteLineAsync($"in the CRM, David Xiang's email changes: {Before} → {After}".AsMemory(), cancellationToken);
        await output.WriteLineAsync(
            FormattableString.Invariant($"in the copy here:                        {before} → {await SeenAsync(cancellationToken)}, after {clock.GetElapsedTime(changed).TotalMilliseconds:F0} ms")
                .AsMemory(),
            cancellationToken);
        return arrived;
    }

    private Task<JsonNode> ChangeAsync(string email, CancellationToken cancellationToken) =>
        api.SendAsync(HttpMethod.Put, "/sim/crm/contacts/" + Id, new JsonObject { ["name"] = "David Xiang", ["email"] = email }, cancellationToken);

    private async Task<bool> ArrivesAsync(string email, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while (await SeenAsync(cancellationToken) != email)
        {
            if (clock.GetElapsedTime(started) > Patience)
            {
                return false;
            }

            await Task.Delay(Look, clock, cancellationToken);
        }

        return true;
    }

    /// <summary>What operators see; nothing while nobody has heard of the customer.</summary>
    private async Task<string?> SeenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (string?)JsonNode.Parse(await api.GetTextAsync($"/api/customers/{Id}?source=demo", cancellationToken))!["email"];
        }
        catch (HttpRequestException unknown) when (unknown.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
