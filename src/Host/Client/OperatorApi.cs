using System.CommandLine;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orders.Hosting;

namespace Orders.Host.Client;

/// <summary>The operators' part of the API, as the command line uses it.</summary>
internal sealed class OperatorApi(HttpClient http)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whose requests they are.</summary>
    public static Option<string> TokenOption() => new("--token")
    {
        Description = "An operator's bearer token. Environment: Orders__Token. Default: local mode's.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("Orders__Token") ?? new ShopTokens().Operator,
    };

    /// <returns>0, or 2 where the API says that something was asked wrongly, or 1.</returns>
    public static async Task<int> RunAsync(Uri url, string token, Func<OperatorApi, Task> act, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = url };
        try
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            await act(new(http));
            return 0;
        }
        catch (HttpRequestException away) when (away.StatusCode is null)
        {
            await Console.Error.WriteLineAsync($"{url} does not answer ({away.Message}). Start the host, or give its address with --url.".AsMemory(), cancellationToken);
            return 1;
        }
        catch (HttpRequestException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message.AsMemory(), cancellationToken);
            return refused.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity
                or HttpStatusCode.RequestEntityTooLarge
                ? ProcessCommand.CalledWrongly
                : 1;
        }
    }

    /// <returns>The answer as it came.</returns>
    public async Task<string> GetTextAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await TextAsync(request, cancellationToken);
    }

    /// <summary>Prints the answer.</summary>
    public async Task ShowAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken) =>
        Console.WriteLine((await SendAsync(method, path, body, cancellationToken)).ToJsonString(Readable));

    /// <exception cref="HttpRequestException">Nobody answers, or the answer is a problem: its text says which.</exception>
    public async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        return JsonNode.Parse(await TextAsync(request, cancellationToken))!;
    }

    private async Task<string> TextAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var answer = await http.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        return answer.IsSuccessStatusCode
            ? text
            : throw new HttpRequestException(Explained(answer, text), null, answer.StatusCode);
    }

    private static string Explained(HttpResponseMessage answer, string text)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json" || JsonNode.Parse(text) is not JsonObject problem)
        {
            return $"{answer.RequestMessage?.RequestUri} answered {(int)answer.StatusCode}. Is it an Orders system?";
        }

        var errors = (problem["errors"] as JsonObject ?? []).Select(error => $" {error.Key} {error.Value?[0]}");
        return $"{problem["detail"]}{string.Concat(errors)}";
    }
}
