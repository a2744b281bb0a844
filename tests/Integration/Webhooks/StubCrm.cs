using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Orders.Tests.Integration.Webhooks;

/// <summary>A CRM that answers what it is told to, by the path as it came; else that it knows no such thing.</summary>
internal sealed class StubCrm : IAsyncDisposable
{
    private const string Until = "2030-01-31T12:00:00Z";

    private readonly WebApplication web;

    private StubCrm(WebApplication web) => this.web = web;

    public Uri Url => new(web.Urls.First());

    public ConcurrentDictionary<string, string> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>The paths that were asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public static async Task<StubCrm> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var crm = new StubCrm(app);
        app.Run(crm.AnswerAsync);
        await app.StartAsync();
        return crm;
    }

    /// <param name="id">Of the record, as it stands in the path.</param>
    /// <param name="email">As it stands in the JSON.</param>
    /// <param name="says">The id that the answer has, if it is another.</param>
    public void Knows(string id, string email, string? says = null) => Answers["/contacts/" + id] = Record(says ?? id, email);

    public void Tells(params string[] updated)
    {
        Answers["/updated"] = $$"""{"ids":[{{string.Join(',', updated.Select(id => $"\"{id}\""))}}],"latestDateCovered":"{{Until}}"}""";
        Answers["/deleted"] = $$"""{"deletedRecords":[],"latestDateCovered":"{{Until}}"}""";
    }

    public void Lists(params string[] records) => Answers["/contacts"] = $$"""{"items":[{{string.Join(',', records)}}],"next":null,"latestDateCovered":"2026-01-31T12:00:00Z"}""";

    public static string Record(string id, string email) =>
        $$$"""{"id":"{{{id}}}","version":3,"lastModifiedDate":"2026-01-31T12:00:00Z","deleted":false,"fields":{"email":"{{{email}}}"}}""";

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext http)
    {
        var path = http.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        Asked.Enqueue(path);
        return (Answers.TryGetValue(path, out var body) ? Results.Text(body, "application/json") : Results.StatusCode(404)).ExecuteAsync(http);
    }
}
