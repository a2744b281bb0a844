using Spectre.Console;

namespace Orders.Host.ImportRetail;

/// <summary>One progress bar a stage.</summary>
internal sealed class ImportProgressBars(ProgressContext bars) : IImportProgress
{
    private readonly Dictionary<ImportStage, ProgressTask> tasks = new()
    {
        [ImportStage.Stock] = bars.AddTask("Items and stock", autoStart: false),
        [ImportStage.Orders] = bars.AddTask("Orders placed", autoStart: false),
        [ImportStage.Ends] = bars.AddTask("Orders ended", autoStart: false),
    };

    public void Begin(ImportStage stage, int total)
    {
        tasks[stage].MaxValue = Math.Max(total, 1);
        tasks[stage].StartTask();
        if (total == 0)
        {
            tasks[stage].Increment(1);
        }
    }

    public void Advance(ImportStage stage) => tasks[stage].Increment(1);
}
