using System.CommandLine;
using Npgsql;
using Orders.Host.Client;
using Orders.Host.Verify;
using Orders.Hosting;
using Spectre.Console;

namespace Orders.Host.Demo;

/// <summary><c>demo</c>: the system at work on a few hundred orders of every kind, and the proof at the end.</summary>
internal static class DemoCommand
{
    public static Command Create(Action<OrdersProcessBuilder> modules)
    {
        var orders = new Option<int>("--orders") { Description = "How many orders to place.", DefaultValueFactory = _ => 300 };
        var plain = new Option<bool>("--plain") { Description = "No live display." };
        var data = new Option<string?>("--data") { Description = "Run on this folder and keep it; a demo that was cut short goes on." };
        orders.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 100_000)
            {
                result.AddError("--orders takes 1 to 100000.");
            }
        });
        var command = new Command("demo", "Places a few hundred orders of all kinds, shows them move, a CRM's webhook arrive and a partner called, and checks the result.") { orders, plain, data };
        var transport = new TransportOptions();
        transport.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new(parsed.GetRequiredValue(orders), parsed.GetValue(plain) || Console.IsOutputRedirected, parsed.GetValue(data), transport.Read(parsed)),
            modules, TimeProvider.System, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        DemoOptions options, Action<OrdersProcessBuilder> modules, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            if (options.Data is { } kept)
            {
                return await RunOnAsync(kept, options, modules, clock, cancellationToken);
            }

            using var folder = new ThrowAwayFolder("demo", clock);
            return await RunOnAsync(folder.Location, options, modules, clock, cancellationToken);
        }
        catch (StartupException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message.AsMemory(), cancellationToken);
            return 1;
        }
    }

    private static async Task<int> RunOnAsync(
        string data, DemoOptions options, Action<OrdersProcessBuilder> modules, TimeProvider clock, CancellationToken cancellationToken)
    {
        await Console.Out.WriteLineAsync("starting PostgreSQL and the system …".AsMemory(), cancellationToken);
        var process = new OrdersProcessOptions { Urls = "http://127.0.0.1:0", Data = data, Settings = DemoOptions.Settings, Clock = clock, Transport = options.Messages.Transport, Broker = options.Messages.Broker };
        await using var served = await OrdersProcess.StartAsync(process, modules, cancellationToken);
        using var http = new HttpClient { BaseAddress = served.Url };
        await Console.Out.WriteLineAsync($"{options.Orders} orders over {served.Url}".AsMemory(), cancellationToken);

        var arrived = await ChangeCustomerAsync(served.Url, clock, cancellationToken);
        await using var partner = await DemoPartner.ListenAsync(served.Url, clock, cancellationToken);
        var round = new DemoRound(data);
        var state = await ShowAsync(new(new(http, new(), clock), partner.Inbox, round.Current, clock), options, cancellationToken);
        var heard = await partner.ReportAsync(state.Followed, cancellationToken);
        DemoSummary.Write(AnsiConsole.Console, state, heard, arrived);
        var verify = await Checker.RunAsync(served.Services.GetRequiredService<NpgsqlDataSource>(), cancellationToken);
        VerifyTables.Write(AnsiConsole.Console, verify);
        await partner.LeaveAsync(cancellationToken);
        if (state.Ended < state.Total)
        {
            return 1;
        }

        round.End();
        return verify.Ok && arrived && heard.IsRight && state.Outcomes.All(outcome => outcome.IsRight) ? 0 : 1;
    }

    private static async Task<bool> ChangeCustomerAsync(Uri system, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = system };
        http.DefaultRequestHeaders.Authorization = new("Bearer", new ShopTokens().Operator);
        return await new DemoCustomer(new(http), clock).RunAsync(Console.Out, cancellationToken);
    }

    private static Task<DemoState> ShowAsync(DemoRun run, DemoOptions options, CancellationToken cancellationToken) => options.Plain
        ? run.RunAsync(options.Orders, new PlainDisplay(Console.Out), cancellationToken)
        : AnsiConsole.Live(new Text("…")).StartAsync(live => run.RunAsync(options.Orders, new LiveDisplay(live), cancellationToken));
}
