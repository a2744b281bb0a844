using System.CommandLine;
using Orders.Host.Client;

namespace Orders.Host.Failed;

/// <summary><c>failed</c>: the error queue of a system that serves, over its API, as whoever the token stands for.</summary>
internal sealed class FailedCommand
{
    private readonly Option<Uri> url = SystemUrl.Option("The system whose error queue it is.");

    private readonly Option<string> token = OperatorApi.TokenOption();

    private readonly Argument<Guid> id = new("id") { Description = "The failed message's id." };

    private readonly Option<string?> endpoint = new("--endpoint") { Description = "Only what failed at this endpoint." };

    private readonly Option<string?> type = new("--type") { Description = "Only this type, by its wire name." };

    private FailedCommand()
    {
    }

    public static Command Create()
    {
        var failed = new FailedCommand();
        return new("failed", "Messages that gave up: list, show, retry, edit and retry, discard.")
        {
            failed.Verb("list", "Lists them, newest first.", (api, parsed, token) => FailedTables.WriteListAsync(
                api, parsed.GetValue(failed.endpoint), parsed.GetValue(failed.type), token), failed.endpoint, failed.type),
            failed.OfOne("show", "Shows one with its reason, stack, headers and body.", (api, key, _, token) => api.ShowAsync(HttpMethod.Get, $"/api/ops/failed/{key}", null, token)),
            failed.OfOne("retry", "Puts one back into its queue.", (api, key, _, token) => api.DoAsync($"/api/ops/failed/{key}/retry", [], token)),
            failed.EditAndRetry(),
            failed.Discard(),
            failed.RetryAll(),
            failed.Verb("runs", "Lists the retries by filter, newest first.", (api, _, token) => FailedTables.WriteRunsAsync(api, token)),
            failed.Stop(),
        };
    }

    private Command EditAndRetry()
    {
        var body = new Option<string?>("--body") { Description = "A file with the whole message as JSON; - reads the standard input." };
        var headers = new Option<string[]>("--header") { Description = "A header to set, name=value; name= removes it." };
        headers.Validators.Add(given =>
        {
            foreach (var header in given.Tokens.Where(header => header.Value.IndexOf('=', StringComparison.Ordinal) < 1))
            {
                given.AddError($"--header '{header.Value}' is no header. Give name=value.");
            }
        });
        body.Validators.Add(given =>
        {
            foreach (var file in given.Tokens.Where(file => file.Value != "-" && !File.Exists(file.Value)))
            {
                given.AddError($"--body: there is no file '{file.Value}'.");
            }
        });
        return OfOne("edit-and-retry", "Sends an edited message instead.", async (api, key, parsed, token) => await api.DoAsync(
            $"/api/ops/failed/{key}/edit-and-retry",
            FailedEdit.Of(await FailedEdit.ReadAsync(parsed.GetValue(body), token), parsed.GetValue(headers) ?? []),
            token), body, headers);
    }

    private Command Discard()
    {
        var reason = new Option<string>("--reason") { Description = "Why the message is not needed.", Required = true };
        return OfOne(
            "discard",
            "Closes one for good.",
            (api, key, parsed, token) => api.DoAsync($"/api/ops/failed/{key}/discard", new() { ["reason"] = parsed.GetRequiredValue(reason) }, token),
            reason);
    }

    private Command RetryAll()
    {
        var perSecond = new Option<int>("--per-second") { Description = "How many a second.", DefaultValueFactory = _ => 10 };
        return Verb(
            "retry-all",
            "Retries what has failed until now, by filter, at a rate; stops itself when they fail again.",
            (api, parsed, token) => api.RetryAllAsync(parsed.GetValue(endpoint), parsed.GetValue(type), parsed.GetValue(perSecond), token),
            endpoint,
            type,
            perSecond);
    }

    private Command Stop()
    {
        var run = new Argument<Guid>("run") { Description = "The retry by filter's id." };
        var stop = Verb("stop", "Stops a retry by filter.", (api, parsed, token) => api.StopAsync(parsed.GetValue(run), token));
        stop.Arguments.Add(run);
        return stop;
    }

    private Command OfOne(string name, string description, Func<OperatorApi, Guid, ParseResult, CancellationToken, Task> act, params Option[] options)
    {
        var command = Verb(name, description, (api, parsed, token) => act(api, parsed.GetValue(id), parsed, token), options);
        command.Arguments.Add(id);
        return command;
    }

    private Command Verb(string name, string description, Func<OperatorApi, ParseResult, CancellationToken, Task> act, params Option[] options)
    {
        var command = new Command(name, description);
        foreach (var option in (Option[])[.. options, url, token])
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) => OperatorApi.RunAsync(
            parsed.GetRequiredValue(url), parsed.GetRequiredValue(token), api => act(api, parsed, cancellation), cancellation));
        return command;
    }
}
