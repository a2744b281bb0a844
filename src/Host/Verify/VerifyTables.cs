using Spectre.Console;

namespace Orders.Host.Verify;

/// <summary>A report of the checker for people: a line a check.</summary>
internal static class VerifyTables
{
    public static void Write(IAnsiConsole console, VerifyReport report)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn().AddColumn();
        foreach (var check in report.Checks)
        {
            grid.AddRow(check.Ok ? "[green]ok[/]" : "[red]FAULT[/]", Markup.Escape(check.Name), Markup.Escape(check.Detail));
        }

        console.Write(grid);
        console.MarkupLine(report.Ok ? "[green]every invariant holds[/]" : "[red]an invariant is broken[/]");
    }
}
