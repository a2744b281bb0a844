using Spectre.Console;

namespace Orders.Host.ImportRetail;

/// <summary>Says what became of the file: every row is either in an order or listed here.</summary>
internal static class ImportReport
{
    public static void WriteRejected(TextWriter output, ImportPlan plan)
    {
        foreach (var row in plan.Rejected)
        {
            output.WriteLine($"line {row.Line}: invoice {row.Invoice}: {row.Reason}");
        }

        foreach (var note in plan.Notes)
        {
            output.WriteLine(note);
        }
    }

    public static void WriteResult(IAnsiConsole console, ImportPlan plan, ImportResult result)
    {
        foreach (var line in result.Refused.Concat(result.TooLate))
        {
            console.WriteLine(line);
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumn("Import").AddColumn(new TableColumn("Count").RightAligned());
        table.AddRow("Orders placed now", Text(result.Placed));
        table.AddRow("Orders placed before", Text(result.Replayed));
        foreach (var (end, count) in result.ByEnd.OrderByDescending(end => end.Value))
        {
            table.AddRow("  " + Markup.Escape(end), Text(count));
        }

        table.AddRow("Rows rejected", Text(plan.Rejected.Count));
        table.AddRow("Refused by the shop", Text(result.Refused.Count));
        table.AddRow("Not ended", Text(result.Open));
        console.Write(table);
    }

    private static string Text(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
