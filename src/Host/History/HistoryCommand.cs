using System.CommandLine;
using Orders.Host.Client;

namespace Orders.Host.History;

/// <summary><c>history</c>: what an order's process did, step by step.</summary>
internal static class HistoryCommand
{
    public static Command Create() => new("history", "An order's recorded steps: export them, replay them against this build, fork the order from one of them.")
    {
        HistoryExport.Create(), HistoryReplay.Create(), HistoryFork.Create(),
    };

    public static Argument<Guid> Order() => new("order") { Description = "The order's id." };

    /// <summary>Adds what a command needs that asks a running system.</summary>
    /// <param name="command">The command.</param>
    /// <param name="act">What it asks; the answer is the exit code unless asking fails.</param>
    public static Command Asks(this Command command, Func<OperatorApi, ParseResult, CancellationToken, Task> act)
    {
        var url = SystemUrl.Option("The system that the order is in.");
        var token = OperatorApi.TokenOption();
        command.Options.Add(url);
        command.Options.Add(token);
        command.SetAction((parsed, cancellationToken) =>
            OperatorApi.RunAsync(parsed.GetRequiredValue(url), parsed.GetRequiredValue(token), api => act(api, parsed, cancellationToken), cancellationToken));
        return command;
    }
}
