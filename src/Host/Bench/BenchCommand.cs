using System.CommandLine;
using System.Text.Json;
using Orders.Host.Bench.Overload;
using Orders.Host.Bench.Webhooks;
using Orders.Host.Verify;
using Orders.Hosting;
using Spectre.Console;

namespace Orders.Host.Bench;

/// <summary><c>bench</c>: the load test, and the limit beside it.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "Time under load.", DefaultValueFactory = _ => 30 };
        var warmUp = new Option<int>("--warm-up") { Description = "Seconds of load before it that are not counted.", DefaultValueFactory = _ => 10 };
        var limit = new Option<int>("--limit") { Description = "Seconds of the limit run after it.", DefaultValueFactory = _ => 10 };
        var clients = new Option<int>("--clients") { Description = "Keep-alive clients, each with one request at a time.", DefaultValueFactory = _ => 32 };
        var gateway = new Option<string>("--gateway") { Description = "How provider and carrier are reached: http or inprocess.", DefaultValueFactory = _ => "http" };
        gateway.AcceptOnlyFromAmong("http", "inprocess");
        var transport = new Option<MessageTransport>("--transport") { Description = "What carries the messages: postgres or rabbitmq." };
        var json = new Option<FileInfo?>("--json") { Description = "Write the figures to this file as well." };
        var overload = new Option<double?>("--overload")
        {
            Description = "In place of the limit: that many times the sustained load, after it.", Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => result.Tokens.Count == 0 ? 3 : double.Parse(result.Tokens[0].Value, System.Globalization.CultureInfo.InvariantCulture),
        };
        var webhooks = new Option<bool>("--webhooks") { Description = "In place of orders: deliveries to partners' endpoints." };
        var endpoints = new Option<int>("--endpoints") { Description = "How many of them, each with a receiver of its own; at most 200.", DefaultValueFactory = _ => 10 };
        var slowAndDead = new Option<bool>("--slow-and-dead") { Description = "Also what one slow and one dead endpoint among them do to the others." };
        var command = new Command("bench", "Measures orders a second end to end, beside what the database alone could do.")
        {
            seconds, warmUp, limit, clients, gateway, transport, json, overload, webhooks, endpoints, slowAndDead,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = new BenchOptions(
                parsed.GetRequiredValue(seconds), parsed.GetRequiredValue(warmUp), parsed.GetRequiredValue(limit),
                parsed.GetRequiredValue(clients), parsed.GetRequiredValue(gateway), parsed.GetValue(transport));
            return parsed.GetValue(webhooks)
                ? WebhooksAsync(new(options, parsed.GetRequiredValue(endpoints), parsed.GetValue(slowAndDead), TimeProvider.System, Console.Error), parsed.GetValue(json), cancellationToken)
                : parsed.GetValue(overload) is { } times
                ? OverloadAsync(options, times, parsed.GetValue(json), cancellationToken)
                : RunAsync(options, parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static async Task<int> WebhooksAsync(WebhookRun run, FileInfo? json, CancellationToken cancellationToken)
    {
        var report = await run.RunAsync(cancellationToken);
        WebhookTable.Write(AnsiConsole.Console, report);
        if (json is not null)
        {
            await File.WriteAllBytesAsync(
                json.FullName, JsonSerializer.SerializeToUtf8Bytes(report, WebhookBenchJson.Default.WebhookReport), cancellationToken);
        }

        return report.Ok ? 0 : 1;
    }

    private static async Task<int> OverloadAsync(BenchOptions options, double times, FileInfo? json, CancellationToken cancellationToken)
    {
        var report = await new OverloadRun(options, times, TimeProvider.System, Console.Error).RunAsync(cancellationToken);
        OverloadTable.Write(AnsiConsole.Console, report);
        VerifyTables.Write(AnsiConsole.Console, report.Verify);
        if (json is not null)
        {
            await File.WriteAllBytesAsync(
                json.FullName, JsonSerializer.SerializeToUtf8Bytes(report, OverloadJson.Default.OverloadReport), cancellationToken);
        }

        return report.Verify.Ok && report.AllEnded ? 0 : 1;
    }

    private static async Task<int> RunAsync(BenchOptions options, FileInfo? json, CancellationToken cancellationToken)
    {
        var report = await new BenchRun(options, TimeProvider.System, Console.Error).RunAsync(cancellationToken);
        BenchTables.Write(AnsiConsole.Console, report);
        VerifyTables.Write(AnsiConsole.Console, report.Verify);
        if (json is not null)
        {
            await File.WriteAllBytesAsync(
                json.FullName, JsonSerializer.SerializeToUtf8Bytes(report, BenchJson.Default.BenchReport), cancellationToken);
        }

        return report.Verify.Ok && report.Completed == report.Accepted ? 0 : 1;
    }
}
