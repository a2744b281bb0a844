using System.CommandLine;
using System.Diagnostics;
using Orders.Bus.Testing.Replay;
using Orders.Hosting;

namespace Orders.Host.History;

/// <summary><c>history replay</c>.</summary>
internal static class HistoryReplay
{
    public static Command Create()
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
            var started = Stopwatch.GetTimestamp();
            var divergences = histories.Select(replay.Run).OfType<Divergence>().ToList();
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            divergences.ForEach(divergence => Console.WriteLine($"{divergence}{Environment.NewLine}"));
            Console.WriteLine(
                $"{histories.Count} histories, {histories.Sum(history => history.Count)} steps, {histories.Count / seconds:F0} histories a second: "
                + (divergences.Count == 0 ? "this build does what was recorded" : $"{divergences.Count} diverge"));
            return divergences.Count == 0 ? 0 : 1;
        }
        catch (Exception unreadable) when (unreadable is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(unreadable.Message);
            return ProcessCommand.CalledWrongly;
        }
    }
}
