using System.CommandLine;
using System.CommandLine.Parsing;
using Orders.Hosting;
using Orders.Webhooks;

namespace Orders.Host.Serve;

/// <summary><c>serve</c>: runs the modules until SIGTERM.</summary>
internal sealed class ServeCommand
{
    private readonly ProcessCommand process = new();

    private readonly Option<string> modules = new("--modules")
    {
        Description = "The modules to run, separated by commas. Default: all of them.",
        DefaultValueFactory = _ => string.Join(',', Modules.Names),
    };

    private readonly Option<bool> loopbackWebhooks = new("--allow-loopback-webhooks")
    {
        Description = "Delivers webhooks to http and loopback addresses as well: for local work.",
    };

    private ServeCommand() => modules.Validators.Add(CheckModules);

    /// <summary>Makes a command serve: the verb <c>serve</c>, and the root for when no verb is given.</summary>
    public static TCommand Serves<TCommand>(TCommand command)
        where TCommand : Command
    {
        var serve = new ServeCommand();
        serve.process.AddTo(command);
        command.Options.Add(serve.modules);
        command.Options.Add(serve.loopbackWebhooks);
        command.SetAction((parsed, cancellationToken) => ProcessCommand.RunAsync(
            () => serve.Read(parsed),
            builder => Modules.Add(builder, Split(parsed.GetRequiredValue(serve.modules))),
            cancellationToken));
        return command;
    }

    private OrdersProcessOptions Read(ParseResult parsed)
    {
        var options = process.Read(parsed);
        return parsed.GetValue(loopbackWebhooks)
            ? options with { Settings = new Dictionary<string, string?>(options.Settings, StringComparer.Ordinal) { [WebhooksModule.AllowLoopbackSetting] = "true" } }
            : options;
    }

    private static string[] Split(string names) =>
        names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static void CheckModules(OptionResult result)
    {
        var unknown = Split(result.GetValueOrDefault<string>()).Except(Modules.Names, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            result.AddError($"There is no module '{string.Join("', '", unknown)}'. Choose from {string.Join(", ", Modules.Names)}.");
        }
    }
}
