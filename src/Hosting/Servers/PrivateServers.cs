using Orders.Hosting.Postgres;
using Orders.Hosting.RabbitMq;

namespace Orders.Hosting.Servers;

/// <summary>What a process was not told of and so runs itself: its PostgreSQL, its RabbitMQ, both or neither.</summary>
internal sealed class PrivateServers : IAsyncDisposable
{
    private readonly EmbeddedPostgres? postgres;
    private readonly EmbeddedRabbitMq? rabbitMq;

    private PrivateServers(OrdersProcessOptions options, EmbeddedPostgres? postgres, EmbeddedRabbitMq? rabbitMq)
    {
        (this.postgres, this.rabbitMq) = (postgres, rabbitMq);
        Connection = options.Connection ?? postgres!.ConnectionString;
        Broker = options.Transport == MessageTransport.RabbitMq ? options.Broker ?? rabbitMq!.Url.ToString() : null;
        Lost = First([.. new[] { postgres?.Lost, rabbitMq?.Lost }.OfType<Task<StartupException>>()]);
    }

    /// <summary>To the process's database.</summary>
    public string Connection { get; }

    /// <summary>To its broker; null where messages need none.</summary>
    public string? Broker { get; }

    /// <summary>Completes, with what to tell the user, when one of them has died and cannot be started again.</summary>
    public Task<StartupException> Lost { get; }

    /// <exception cref="StartupException">One of them does not start.</exception>
    public static async Task<PrivateServers> StartAsync(OrdersProcessOptions options, CancellationToken cancellationToken)
    {
        // Both at once: each takes seconds.
        var database = options.Connection is null
            ? EmbeddedPostgres.StartAsync(options.Data, options.Postgres, options.Clock, cancellationToken)
            : null;
        var broker = options is { Transport: MessageTransport.RabbitMq, Broker: null }
            ? EmbeddedRabbitMq.StartAsync(options.Data, options.Clock, cancellationToken)
            : null;
        try
        {
            return new(options, database is null ? null : await database, broker is null ? null : await broker);
        }
        catch
        {
            await EndAsync(database);
            await EndAsync(broker);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (rabbitMq?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private static async Task EndAsync<T>(Task<T>? starting)
        where T : IAsyncDisposable
    {
        if (starting is null)
        {
            return;
        }

        await ((Task)starting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (starting.IsCompletedSuccessfully)
        {
            await (await starting).DisposeAsync();
        }
    }

    private static Task<StartupException> First(Task<StartupException>[] lost) =>
        lost.Length == 0 ? new TaskCompletionSource<StartupException>().Task : Task.WhenAny(lost).Unwrap();
}
