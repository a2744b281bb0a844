using System.CommandLine;
using Orders.Host.Serve;
using Orders.Hosting;

var root = ServeCommand.Serves(new RootCommand("Orders: confirm a purchase, end to end. Without a verb it serves."));
root.Subcommands.Add(ServeCommand.Serves(new Command("serve", "Runs the API, all modules and the simulators. The default.")));
return await ProcessCommand.InvokeAsync(root, args);
