using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Orders.Tests.Integration.Webhooks;

/// <summary>A CRM that tells what changed and then fails to say how it is.</summary>
internal sealed class FailingCrm : IAsyncDisposable
{
    private readonly WebApplication web;
    private int asked;

    private FailingCrm(WebApplication web) => this.web = web;

    public Uri Url => new(web.Urls.First());

    /// <summary>How often a record was asked for.</summary>
    public int Asked => Volatile.Read(ref asked);

    public static async Task<FailingCrm> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var crm = new FailingCrm(app);
        app.MapGet("/updated", () => Results.Json(new { ids = new[] { "1" }, latestDateCovered = "2030-01-31T12:00:00Z" }));
        app.MapGet("/deleted", () => Results.Json(new { deletedRecords = Array.Empty<object>(), latestDateCovered = "2030-01-31T12:00:00Z" }));
        app.MapGet("/contacts/{id}", () =>
        {
            Interlocked.Increment(ref crm.asked);
            return Results.StatusCode(500);
        });
        await app.StartAsync();
        return crm;
    }

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
    }
}
