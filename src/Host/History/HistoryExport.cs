using System.CommandLine;

namespace Orders.Host.History;

/// <summary><c>history export</c>.</summary>
internal static class HistoryExport
{
    public static Command Create()
    {
        var order = HistoryCommand.Order();
        var file = new Option<FileInfo?>("--out") { Description = "The file to write, such as order.jsonl; else the standard output." };
        var mask = new Option<bool>("--mask") { Description = "Names, addresses and free text are replaced by ***; the replay still works." };
        return new Command("export", "Writes an order's history, one JSON line a step.") { order, file, mask }.Asks(async (api, parsed, cancellationToken) =>
        {
            var text = await api.GetTextAsync($"/api/orders/{parsed.GetRequiredValue(order)}/history", cancellationToken);
            var lines = parsed.GetValue(mask) ? HistoryMask.Apply(text) : text;
            if (parsed.GetValue(file) is { } target)
            {
                await File.WriteAllTextAsync(target.FullName, lines, cancellationToken);
            }
            else
            {
                await Console.Out.WriteAsync(lines.AsMemory(), cancellationToken);
            }
        });
    }
}
