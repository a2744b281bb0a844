using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Recoverability;

public sealed class UnreadableMessageTests(PostgresServer databases) : EngineTests(databases)
{
    private const string Good = """{"Key":"01a1fdea-d3ea-7e7e-8819-9c5f0df49778","Number":1}""";

    [Theory]
    [InlineData("work.do-work", 1, null, """{"Key":12""", "malformed")]
    [InlineData("work.do-work", 1, null, """{"Key":"12","Number":1}""", "malformed")]
    [InlineData("work.do-work", 1, null, "null", "is null")]
    [InlineData("work.do-work", 1, null, "", "malformed")]
    [InlineData("work.nobodys", 1, null, Good, "Deploy the version that knows it")]
    [InlineData("work.do-work", 2, null, Good, "Deploy the newer version")]
    [InlineData("work.outside-answered", 1, null, Good, "has no handler")]
    [InlineData("work.do-work", 1, """{"a":""", Good, "headers are malformed")]
    [InlineData("work.do-work", 1, """{"a":null}""", Good, "headers are malformed")]
    [InlineData("work.do-work", 1, """["a"]""", Good, "headers are malformed")]
    [InlineData("work.do-work", 1, "null", Good, "headers are malformed")]
    public async Task It_goes_to_the_error_queue_at_once_with_reason_stack_and_headers(
        string type, int version, string? headers, string body, string reason)
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartAsync(endpoint => endpoint.Handler<Worker>().Handler<DoneWatcher>(), done);

        await PlantAsync(bus, type, version, headers, $"$body${body}$body$");
        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 7));

        Assert.Equal(7, Assert.Single(await done.TakeAsync(1)).Number);
        await DrainedAsync(bus);
        var failed = Assert.Single(await bus.Services.GetRequiredService<ErrorQueue>().ListAsync(null, null, null, 10, TestContext.Current.CancellationToken));
        Assert.Equal((1, type), (failed.Attempts, failed.Type));
        Assert.Contains(reason, failed.Reason, StringComparison.Ordinal);
        Assert.Contains("   at Orders.Bus", failed.Stack, StringComparison.Ordinal);
        Assert.StartsWith(type, failed.Headers[Headers.EnclosedMessageTypes], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_oversized_one_is_not_even_read()
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartAsync(endpoint => endpoint.Handler<Worker>().Handler<DoneWatcher>(), done);

        await PlantAsync(bus, "work.do-work", 1, null, $$"""'{"Key":"01a1fdea-d3ea-7e7e-8819-9c5f0df49778","Number":1}' || repeat(' ', {{MessageSize.MaxBytes}})""");

        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select exists (select from bus.failed where attempts = 1 and reason like '%larger than 4194304 bytes%')"));
        await DrainedAsync(bus);
        Assert.Empty(done.All);
    }

    [Fact]
    public void What_would_be_too_large_to_read_cannot_be_sent()
    {
        var contract = TestMessages.All[0];
        Assert.Equal(MessageSize.MaxBytesText, $"{MessageSize.MaxBytes}");
        Assert.Equal(MessageSize.MaxBytes, MessageSize.Checked(new string('a', MessageSize.MaxBytes), contract).Length);
        Assert.Throws<InvalidOperationException>(() => MessageSize.Checked(new string('a', MessageSize.MaxBytes + 1), contract));
        Assert.Throws<InvalidOperationException>(() => MessageSize.Checked(new string('é', (MessageSize.MaxBytes / 2) + 1), contract));
    }

    private static Task PlantAsync(TestBus bus, string type, int version, string? headers, string body) => bus.ExecuteAsync(
        $"""
         with message as (
           insert into bus.message (id, type, version, key, intent, conversation, headers, body)
           values (gen_random_uuid(), '{type}', {version}, 'k', 1, gen_random_uuid(), {(headers is null ? "null" : $"$h${headers}$h$")}, {body}) returning id)
         insert into bus.delivery (endpoint, lane, message)
         select endpoint.id, 0, message.id from message, bus.endpoint where name = 'worker'
         """);
}
