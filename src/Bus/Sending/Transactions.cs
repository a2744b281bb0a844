using Npgsql;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

internal sealed class Transactions(CommitScopeFactory commits, EndpointCatalogue endpoints, TimeProvider clock) : ITransactions
{
    public async Task<T> RunAsync<T>(string endpoint, Func<ITransaction, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var commit = await commits.BeginAsync(endpoints.Of(endpoint), cancellationToken);
        var result = await work(new Open(endpoint, commit, clock, cancellationToken));
        await commit.CommitAsync(cancellationToken);
        return result;
    }

    private sealed class Open(string endpoint, CommitScope commit, TimeProvider clock, CancellationToken cancellationToken) : ITransaction
    {
        private ContextBag? extensions;

        public CancellationToken CancellationToken => cancellationToken;

        public ContextBag Extensions => extensions ??= new();

        public IServiceProvider Services => commit.Services;

        public NpgsqlConnection Connection => commit.Connection;

        public NpgsqlTransaction Transaction => commit.Transaction;

        private Origin Origin => new(endpoint, null, null, System.Diagnostics.Activity.Current?.Id, clock.GetUtcNow());

        public Task Send(object message, SendOptions options) => commit.Outbox.SendAsync(message, options, Origin);

        public Task Publish(object message, PublishOptions options) => commit.Outbox.PublishAsync(message, options, Origin);
    }
}

/// <summary>Sends from outside a handler, each in a transaction of its own.</summary>
internal sealed class MessageSession(CommitScopeFactory commits, TimeProvider clock) : IMessageSession
{
    public Task Send(object message, SendOptions sendOptions, CancellationToken cancellationToken = default) =>
        CommitAsync((outbox, origin) => outbox.SendAsync(message, sendOptions, origin), cancellationToken);

    public Task Publish(object message, PublishOptions publishOptions, CancellationToken cancellationToken = default) =>
        CommitAsync((outbox, origin) => outbox.PublishAsync(message, publishOptions, origin), cancellationToken);

    private async Task CommitAsync(Func<Outbox, Origin, Task> send, CancellationToken cancellationToken)
    {
        await using var commit = await commits.BeginAsync(null, cancellationToken);
        await send(commit.Outbox, new(null, null, null, System.Diagnostics.Activity.Current?.Id, clock.GetUtcNow()));
        await commit.CommitAsync(cancellationToken);
    }
}
