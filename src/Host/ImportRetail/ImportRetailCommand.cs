using System.CommandLine;
using Orders.Host.Client;
using Orders.Hosting;
using Spectre.Console;

namespace Orders.Host.ImportRetail;

/// <summary><c>import-retail</c>: real invoices as orders.</summary>
internal static class ImportRetailCommand
{
    public static Command Create(Action<OrdersProcessBuilder> modules)
    {
        var file = new Argument<FileInfo>("file") { Description = "Invoices: .csv or .csv.gz." }.AcceptExistingOnly();
        var url = SystemUrl.Option("The system to import into; served in this process if nothing listens there.");
        var data = new Option<string>("--data") { Description = "The folder to serve from in that case.", DefaultValueFactory = _ => ".data" };
        var max = new Option<int>("--max") { Description = "Take at most this many invoices.", DefaultValueFactory = _ => int.MaxValue };
        var command = new Command("import-retail", "Places the invoices of a retail file as orders; running it again adds nothing.") { file, url, data, max };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(file).FullName,
            parsed.GetRequiredValue(max),
            new OrdersProcessOptions { Urls = parsed.GetRequiredValue(url).GetLeftPart(UriPartial.Authority), Data = parsed.GetRequiredValue(data) },
            modules,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string file, int max, OrdersProcessOptions system, Action<OrdersProcessBuilder> modules, CancellationToken cancellationToken)
    {
        try
        {
            var plan = ImportPlan.For(RetailFile.Read(file), max);
            ImportReport.WriteRejected(Console.Out, plan);
            return await ImportAsync(plan, system, modules, cancellationToken);
        }
        catch (Exception refused) when (refused is StartupException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(refused.Message.AsMemory(), cancellationToken);
            return 1;
        }
    }

    private static async Task<int> ImportAsync(
        ImportPlan plan, OrdersProcessOptions system, Action<OrdersProcessBuilder> modules, CancellationToken cancellationToken)
    {
        var url = new Uri(system.Urls);
        await using var served = await IsServingAsync(url, cancellationToken)
            ? null
            : await OrdersProcess.StartAsync(system, modules, cancellationToken);
        using var http = new HttpClient { BaseAddress = served?.Url ?? url };
        var import = new RetailImport(new(http, new(), system.Clock), system.Clock);
        var result = await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(bars => import.RunAsync(plan, new ImportProgressBars(bars), cancellationToken));
        ImportReport.WriteResult(AnsiConsole.Console, plan, result);
        return result.Holds ? 0 : 1;
    }

    private static async Task<bool> IsServingAsync(Uri url, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = url };
        try
        {
            using var answer = await http.GetAsync("/health/live", cancellationToken);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
