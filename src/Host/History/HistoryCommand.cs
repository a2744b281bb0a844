using System.CommandLine;
using Orders.Bus.Testing.Replay;
using Orders.Host.Client;
using Orders.Host.Failed;
using Orders.Hosting;

namespace Orders.Host.History;

/// <summary><c>history</c>: exports what an order's process did, and replays it against this build.</summary>
internal static class HistoryCommand
{
    public static Command Create() => new("history", "An order's recorded steps: export them, replay them against this build.") { Export(), Replay() };

    private static Command Export()
    {
        var url = SystemUrl.Option("The system that the order is in.");
        var token = new Option<string>("--token")
        {
            Description = "An operator's bearer token. Environment: Orders__Token. Default: local mode's.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Orders__Token") ?? new ShopTokens().Operator,
        };
        var order = new Argument<Guid>("order") { Description = "The order's id." };
        var file = new Option<FileInfo?>("--out") { Description = "The file to write, such as order.jsonl; else the standard output." };
        var mask = new Option<bool>("--mask") { Description = "Names, addresses and instructions are replaced by ***; the replay still works." };
        var command = new Command("export", "Writes an order's history, one JSON line a step.") { order, file, mask, url, token };
        command.SetAction((parsed, cancellationToken) => FailedApi.RunAsync(
            parsed.GetRequiredValue(url),
            parsed.GetRequiredValue(token),
            async api =>
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
            },
            cancellationToken));
        return command;
    }

    private static Command Replay()
    {
        var path = new Argument<string>("path") { Description = "A .jsonl file, or a folder of them." };
        var command = new Command("replay", "Replays histories against this build: exit code 0, or 1 with the first difference of each.") { path };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(path)));
        return command;
    }

    private static int Run(string path)
    {
        try
        {
            var histories = HistoryFile.Find(path).SelectMany(HistoryFile.Read).ToList();
            var replay = OrderReplay.Create();
            var divergences = histories.Select(replay.Run).OfType<Divergence>().ToList();
            divergences.ForEach(divergence => Console.WriteLine($"{divergence}{Environment.NewLine}"));
            Console.WriteLine(divergences.Count == 0
                ? $"{histories.Count} histories, {histories.Sum(history => history.Count)} steps: this build does what was recorded"
                : $"{divergences.Count} of {histories.Count} histories diverge");
            return divergences.Count == 0 ? 0 : 1;
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(unreadable.Message);
            return ProcessCommand.CalledWrongly;
        }
    }
}
