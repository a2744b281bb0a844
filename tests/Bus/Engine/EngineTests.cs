using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Engine;

/// <summary>Starts endpoints on databases of their own.</summary>
public abstract class EngineTests(PostgresServer databases)
{
    private protected PostgresServer Databases => databases;

    private protected async Task<TestBus> StartAsync<T>(Action<EndpointConfiguration> configure, Recorder<T> recorder, Calls? calls = null) =>
        await StartOnAsync(await databases.CreateDatabaseAsync(), configure, recorder, calls);

    private protected static Task<TestBus> StartOnAsync<T>(
        string database, Action<EndpointConfiguration> configure, Recorder<T> recorder, Calls? calls = null) => TestBus.StartAsync(
        database,
        services =>
        {
            services.AddSingleton(recorder);
            services.AddSingleton(calls ?? new Calls());
            services.AddBusEndpoint("worker", configure);
        },
        TestMessages.All);

    /// <summary>Puts a call there that a process had under its lease when it died.</summary>
    private protected static Task LeaveCallAsync(TestBus bus, string destination, int number) => bus.ExecuteAsync(
        $$"""
        with message as (
          insert into bus.message (id, type, version, key, intent, conversation, body)
          values (gen_random_uuid(), 'work.call-outside', 1, 'k', 1, gen_random_uuid(), '{"Key":"{{Guid.CreateVersion7()}}","Number":{{number}}}') returning id)
        insert into bus.activity (message, endpoint, destination, due_at, holder, attempts)
        select message.id, endpoint.id, '{{destination}}', bus.now() + interval '1 hour', 999999, 1
        from message, bus.endpoint where name = 'worker'
        """);

    private protected static Task DrainedAsync(TestBus bus) => Eventually.TrueAsync(() => bus.ScalarAsync<bool>(
        "select not exists (select from bus.delivery) and not exists (select from bus.activity)"));
}
