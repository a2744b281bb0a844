using Orders.Tests.Support;

namespace Orders.Tests.Bus.Transport.RabbitMq;

/// <summary>What no broker can be told, however it came into the outbox.</summary>
public sealed class UnfitTests(PostgresServer databases, RabbitMqServer broker) : TransportSuite(new RabbitMqBed(databases, broker))
{
    [Theory]
    [InlineData("json_build_object(repeat('n', 256), 'x')", "work.do-work", "worker", "is longer than 255 bytes")]
    [InlineData("json_build_object('large', repeat('x', 140000))", "work.do-work", "worker", "RabbitMQ takes 131072")]
    [InlineData("'{}'", "work.do-work", "an-endpoint-with-a-name", "more than 255 bytes")]
    [InlineData("'{}'", "an-event-with-a-name", null, "more than 255 bytes")]
    public async Task It_goes_to_the_error_queue_and_what_is_behind_it_leaves(string headers, string type, string? destination, string reason)
    {
        await using var worker = await StartWorkerAsync();
        await using var sender = await StartSenderAsync();
        await sender.Session.Send(Work(1));
        await Done.TakeAsync(1);

        await sender.ExecuteAsync(
            $"""
            insert into bus.endpoint (name) values ('an-endpoint-with-a-name' || repeat('!', 255));
            with unfit as (
              insert into bus.message (id, type, version, key, intent, sender, conversation, headers, body)
              values (gen_random_uuid(), {LongWhere(type, "an-event")}, 1, 'k', 0, 'sender', gen_random_uuid(), {headers}, '{Empty}')
              returning id)
            insert into bus.outgoing (message, endpoint)
            select id, (select endpoint.id from bus.endpoint where name like '{destination ?? "nobody"}%') from unfit
            """);
        await sender.Session.Send(Work(2));

        Assert.Equal(2, Assert.Single(await Done.TakeAsync(1)).Number);
        await FailedAsync(sender, reason);
        await IdleAsync(sender);
        Assert.True(await sender.ScalarAsync<bool>("select away from bus.failed"));
    }

    private const string Empty = "{}";

    private static string LongWhere(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) ? $"'{text}' || repeat('!', 255)" : $"'{text}'";
}
