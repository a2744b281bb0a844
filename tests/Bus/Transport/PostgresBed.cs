using Microsoft.Extensions.DependencyInjection;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Transport;

/// <summary>All endpoints on one database.</summary>
public sealed class PostgresBed(PostgresServer databases) : Bed(databases)
{
    private Task<string>? database;

    private protected override Task<string> DatabaseOfAsync(string endpoint) => database ??= Databases.CreateDatabaseAsync();

    private protected override void Register(IServiceCollection services)
    {
        // The shared database is what the bus comes with.
    }

    internal override Task DeliverCorruptedAsync(TestBus worker) => worker.ExecuteAsync(
        """
        with message as (
          insert into bus.message (id, type, version, key, intent, conversation, body)
          values (gen_random_uuid(), 'work.do-work', 1, 'k', 1, gen_random_uuid(), '{"key":12') returning id)
        insert into bus.delivery (endpoint, lane, message)
        select endpoint.id, 0, message.id from message, bus.endpoint where name = 'worker'
        """);

    internal override Task SettleAsync() => Task.CompletedTask;

    internal override Task BreakAsync(TestBus bus) => bus.ExecuteAsync(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
}
