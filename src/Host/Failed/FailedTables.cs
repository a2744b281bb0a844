using System.Text.Json.Nodes;
using Orders.Host.Client;
using Spectre.Console;

namespace Orders.Host.Failed;

/// <summary>Prints lists of the error queue, all pages of them.</summary>
internal static class FailedTables
{
    public static async Task WriteListAsync(OperatorApi api, string? endpoint, string? type, CancellationToken cancellationToken)
    {
        var filter = Query("endpoint", endpoint) + Query("type", type);
        await WriteAsync(api, "/api/ops/failed?limit=200" + filter, ["id", "failedAt", "endpoint", "type", "attempts", "reason"], cancellationToken);
    }

    public static Task WriteRunsAsync(OperatorApi api, CancellationToken cancellationToken) => WriteAsync(
        api,
        "/api/ops/failed/retries?limit=200",
        ["id", "startedAt", "startedBy", "endpoint", "type", "perSecond", "state", "retried", "failedAgain"],
        cancellationToken);

    private static async Task WriteAsync(OperatorApi api, string path, string[] members, CancellationToken cancellationToken)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(members);
        string? next = null;
        do
        {
            var page = await api.SendAsync(HttpMethod.Get, path + Query("cursor", next), null, cancellationToken);
            foreach (var item in page["items"]!.AsArray())
            {
                table.AddRow([.. members.Select(member => Markup.Escape(Line(item![member])))]);
            }

            next = page["next"]?.GetValue<string>();
        }
        while (next is not null);
        AnsiConsole.Write(table);
    }

    private static string Line(JsonNode? value) => value?.ToString().ReplaceLineEndings(" ") ?? "";

    private static string Query(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
