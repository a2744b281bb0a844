using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Contracts;
using Orders.Hosting;
using Orders.Tests.Support;
using Quartz;

namespace Orders.Tests.Integration.Hosting;

/// <summary>One process with a few routes and a job of the test's own.</summary>
public sealed class ProcessTests(PostgresServer postgres) : IAsyncLifetime
{
    private readonly Ticks ticks = new();
    private string connection = "";
    private OrdersProcess? process;
    private HttpClient? http;

    private HttpClient Http => http!;

    public async ValueTask InitializeAsync()
    {
        connection = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        process = await StartAsync(ticks, burst: "40");
        http = new HttpClient { BaseAddress = process.Url };
    }

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        await (process?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404, "not-found")]
    [InlineData("GET", "/api/things/not-a-guid", 404, "not-found")]
    [InlineData("DELETE", "/api/body", 405, "method-not-allowed")]
    [InlineData("GET", "/api/boom", 500, "internal-error")]
    [InlineData("GET", "/api/operators", 401, "unauthorized")]
    [InlineData("GET", "/metrics", 401, "unauthorized")]
    public async Task Every_failure_is_a_problem(string method, string path, int status, string slug)
    {
        using var request = new HttpRequestMessage(new(method), path);

        await AssertProblemAsync(await Http.SendAsync(request, TestContext.Current.CancellationToken), status, slug);
    }

    [Fact]
    public async Task A_failure_inside_shows_neither_stack_nor_message()
    {
        var failed = await Http.GetAsync("/api/boom", TestContext.Current.CancellationToken);
        var answer = await failed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain("secret detail", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("demo-shopper", 403)]
    [InlineData("demo-operator", 200)]
    [InlineData("made-up", 401)]
    public async Task A_token_opens_what_its_role_may(string token, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/operators");
        request.Headers.Authorization = new("Bearer", token);

        Assert.Equal(status, (int)(await Http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("text/html", 406)]
    [InlineData("application/json;q=0", 406)]
    [InlineData("text/html, */*;q=0.1", 200)]
    [InlineData("application/*", 200)]
    public async Task Accept_that_excludes_JSON_answers_406(string accept, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/things/01940000-0000-7000-8000-000000000001");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        Assert.Equal(status, (int)(await Http.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_probe_is_answered_whatever_it_accepts(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", "text/plain");

        var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((200, "application/json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("/health/live", 200)]
    [InlineData("/api/operators", 401)]
    [InlineData("/api/body", 405)]
    [InlineData("/nowhere", 404)]
    public async Task HEAD_is_answered_as_GET_without_a_body(string path, int status)
    {
        using var head = new HttpRequestMessage(HttpMethod.Head, path);
        var asked = await Http.SendAsync(head, TestContext.Current.CancellationToken);
        var got = await Http.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal((status, status), ((int)asked.StatusCode, (int)got.StatusCode));
        Assert.Equal(got.Content.Headers.ContentType, asked.Content.Headers.ContentType);
        Assert.Empty(await asked.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("gzip", 415)]
    [InlineData("identity, br", 415)]
    [InlineData("identity", 200)]
    public async Task A_compressed_body_is_refused_as_such(string coding, int status)
    {
        using var content = new StringContent("""{"orderId":"01940000-0000-7000-8000-000000000001"}""", Encoding.UTF8, "application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", coding);

        Assert.Equal(status, (int)(await Http.PostAsync("/api/body", content, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task A_body_is_refused_by_size_type_and_form()
    {
        await AssertProblemAsync(await PostAsync(new string(' ', 300 * 1024), "application/json"), 413, "body-too-large");
        await AssertProblemAsync(await PostAsync("{}", "text/plain"), 415, "unsupported-media-type");
        await AssertProblemAsync(await PostAsync("{", "application/json"), 400, "invalid-request");
    }

    [Fact]
    public async Task A_caller_that_runs_away_is_told_to_wait()
    {
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 200 && answers.All(answer => answer.IsSuccessStatusCode); i++)
        {
            answers.Add(await Http.GetAsync("/health/live", TestContext.Current.CancellationToken));
        }

        await AssertProblemAsync(answers[^1], 429, "rate-limited");
        Assert.NotNull(answers[^1].Headers.RetryAfter);
    }

    [Fact]
    public async Task A_guests_token_is_good_in_every_process_on_the_database()
    {
        await using var other = await StartAsync(new Ticks(), burst: "40");
        var id = Guid.CreateVersion7();
        var token = other.Services.GetRequiredService<IOrderAccessTokens>().Issue(id);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/whoami");
        request.Headers.Authorization = new("Bearer", token);

        var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(id.ToString(), await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_job_runs_from_the_clustered_store()
    {
        await ticks.First.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        await using var database = NpgsqlDataSource.Create(connection);
        await using var stored = database.CreateCommand("SELECT count(*) FROM schedules.qrtz_job_details WHERE job_name = 'test.tick'");
        Assert.Equal(1L, await stored.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task It_says_when_it_is_ready_and_what_it_serves()
    {
        Assert.Equal(HttpStatusCode.OK, (await Http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).StatusCode);
        var api = await Http.GetFromJsonAsync<JsonElement>("/openapi/v1.json", TestContext.Current.CancellationToken);
        Assert.True(api.GetProperty("paths").TryGetProperty("/api/operators", out _));
    }

    private Task<OrdersProcess> StartAsync(Ticks counted, string burst) => OrdersProcess.StartAsync(
        new OrdersProcessOptions
        {
            Urls = "http://127.0.0.1:0",
            Connection = connection,
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Orders:RateLimit:PerSecond"] = "1",
                ["Orders:RateLimit:Burst"] = burst,
            },
        },
        builder =>
        {
            builder.Services.AddSingleton(counted);
            builder.Services.AddOrdersJob<TickJob>("test.tick", TimeSpan.FromHours(1));
            builder.MapRoutes(routes =>
            {
                routes.MapGet("/api/things/{id:guid}", (Guid id) => id.ToString());
                routes.MapGet("/api/boom", string () => throw new InvalidOperationException("secret detail"));
                routes.MapGet("/api/operators", () => Results.Ok()).Needs(Roles.Operator);
                routes.MapGet("/api/whoami", (HttpContext context) => context.Caller().OrderId.ToString()).Needs(Roles.Shopper).AllowGuests();
                routes.MapPost("/api/body", async (HttpContext context) =>
                    Results.Ok((await JsonBody.ReadAsync(context, ContractsJson.Default.CommitStock)).OrderId));
            });
        },
        TestContext.Current.CancellationToken);

    private async Task<HttpResponseMessage> PostAsync(string body, string contentType)
    {
        using var content = new StringContent(body, Encoding.UTF8, contentType);
        return await Http.PostAsync("/api/body", content, TestContext.Current.CancellationToken);
    }

    private static async Task AssertProblemAsync(HttpResponseMessage answer, int status, string slug)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("urn:orders:problem:" + slug, problem.GetProperty("type").GetString());
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.NotEmpty(problem.GetProperty("traceId").GetString()!);
    }
}

internal sealed class Ticks
{
    public TaskCompletionSource First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

internal sealed class TickJob(Ticks ticks) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        ticks.First.TrySetResult();
        return ValueTask.CompletedTask;
    }
}
