using System.Text.Json.Nodes;

namespace Orders.Tests.Support.Webhooks;

/// <summary>The simulated CRM's contacts and the copy of them here, record by record, as both show them over HTTP.</summary>
internal static class CopyOfCrm
{
    /// <param name="theirs">Where the CRM is.</param>
    /// <param name="ours">Where the copy is.</param>
    /// <param name="isMeant">Which ids are compared; null: all.</param>
    /// <param name="cancellationToken">The test's.</param>
    /// <returns>The ids of the records that differ.</returns>
    public static async Task<string[]> DifferencesAsync(HttpClient theirs, HttpClient ours, Func<string, bool>? isMeant, CancellationToken cancellationToken)
    {
        var there = await AllAsync(theirs, "/sim/crm/contacts?deleted=true&limit=200", cancellationToken);
        var here = await AllAsync(ours, "/api/customers?limit=200", cancellationToken);
        return [.. there.Keys.Union(here.Keys).Where(id => isMeant?.Invoke(id) is not false && there.GetValueOrDefault(id) != here.GetValueOrDefault(id))];
    }

    private static async Task<Dictionary<string, string>> AllAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var next = ""; next is not null;)
        {
            var page = JsonNode.Parse(await http.GetStringAsync(path + (next.Length > 0 ? "&cursor=" + next : ""), cancellationToken))!;
            foreach (var item in page["items"]!.AsArray())
            {
                all[(string)item!["id"]!] = $"{item["deleted"]} {(string?)item["email"]} {(string?)item["name"]} {(string?)item["phone"]} {item["version"]}";
            }

            next = (string?)page["next"];
        }

        return all;
    }
}
