using System.Text.Json;
using Orders.Bus.History;

namespace Orders.Bus.Testing.Replay;

/// <summary>Histories in files: <c>.jsonl</c>, one step a line, of one saga or of several.</summary>
public static class HistoryFile
{
    /// <returns>The steps of each saga, in their order.</returns>
    /// <exception cref="InvalidDataException">A line is no step, or steps are missing. The text says which line.</exception>
    public static IReadOnlyList<IReadOnlyList<HistoryStep>> Read(string path)
    {
        var steps = new List<HistoryStep>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                steps.Add(Parse(line, path, number));
            }
        }

        if (steps.Count == 0)
        {
            throw new InvalidDataException($"{path} holds no step. Export it again.");
        }

        return [.. steps.GroupBy(step => step.SagaId).Select(history => InOrder(path, [.. history.OrderBy(step => step.Step)]))];
    }

    /// <summary>A file, or all <c>*.jsonl</c> of a folder and of those below it.</summary>
    /// <exception cref="FileNotFoundException">There is neither, or the folder holds none.</exception>
    public static IReadOnlyList<string> Find(string path)
    {
        IReadOnlyList<string> files = File.Exists(path) ? [path]
            : Directory.Exists(path) ? [.. Directory.EnumerateFiles(path, "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
            : [];
        return files.Count > 0
            ? files
            : throw new FileNotFoundException($"There is no history at {path}. Give a .jsonl file, or a folder that holds some.", path);
    }

    public static string Line(HistoryStep step) => JsonSerializer.Serialize(step, HistoryJson.Default.HistoryStep);

    private static HistoryStep Parse(string line, string path, int number)
    {
        try
        {
            var step = JsonSerializer.Deserialize(line, HistoryJson.Default.HistoryStep) ?? throw new JsonException("It is null.");
            return step.Format <= HistoryStep.CurrentFormat
                ? Checked(step)
                : throw new InvalidDataException($"{path}, line {number}: format {step.Format} is newer than this version reads ({HistoryStep.CurrentFormat}). Use a newer one.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}, line {number}: it is no step of a history: {e.Message}", e);
        }
    }

    private static HistoryStep Checked(HistoryStep step) =>
        step.State.ValueKind != JsonValueKind.Object ? throw new JsonException("Its state is no object.")
        : step.Message.Body.ValueKind == JsonValueKind.Null ? throw new JsonException("Its message has no body.")
        : step.Fork() is { } fork && (fork.From < 1 || fork.From >= step.Step) ? throw new JsonException($"It forks from step {fork.From}, which is none before it.")
        : step;

    private static IReadOnlyList<HistoryStep> InOrder(string path, IReadOnlyList<HistoryStep> steps)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Step != i + 1)
            {
                throw new InvalidDataException($"{path}: saga {steps[i].SagaId} has step {steps[i].Step} where step {i + 1} is to be. Export it again, whole.");
            }
        }

        return steps;
    }
}
