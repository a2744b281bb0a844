using System.CommandLine;
using Orders.Host.Bench;
using Orders.Host.Demo;
using Orders.Host.Failed;
using Orders.Host.History;
using Orders.Host.ImportRetail;
using Orders.Host.Serve;
using Orders.Host.Verify;
using Orders.Hosting;
using Spectre.Console;

if (Console.IsOutputRedirected)
{
    // A pipe has no width and no colours: tables are not to be folded for a narrow terminal.
    AnsiConsole.Profile.Width = 160;
    AnsiConsole.Profile.Capabilities.Ansi = false;
    AnsiConsole.Profile.Capabilities.ColorSystem = ColorSystem.NoColors;
}

var root = ServeCommand.Serves(new RootCommand("Orders: confirm a purchase, end to end. Without a verb it serves."));
root.Subcommands.Add(ServeCommand.Serves(new Command("serve", "Runs the API, all modules and the simulators. The default.")));
root.Subcommands.Add(DemoCommand.Create(Modules.AddAll));
root.Subcommands.Add(ImportRetailCommand.Create(Modules.AddAll));
root.Subcommands.Add(VerifyCommand.Create());
root.Subcommands.Add(FailedCommand.Create());
root.Subcommands.Add(HistoryCommand.Create());
root.Subcommands.Add(BenchCommand.Create());
return await ProcessCommand.InvokeAsync(root, args);
