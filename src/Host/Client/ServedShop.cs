using Npgsql;
using Orders.Hosting;
using Orders.Hosting.Postgres;

namespace Orders.Host.Client;

/// <summary>The whole system in this process, on a private PostgreSQL: what <c>demo</c> and <c>import-retail</c> run against.</summary>
internal sealed class ServedShop : IAsyncDisposable
{
    private readonly EmbeddedPostgres postgres;
    private readonly OrdersProcess process;

    private ServedShop(EmbeddedPostgres postgres, OrdersProcess process) => (this.postgres, this.process) = (postgres, process);

    public Uri Url => process.Url;

    public NpgsqlDataSource Database => process.Services.GetRequiredService<NpgsqlDataSource>();

    /// <exception cref="StartupException">The folder is in use, PostgreSQL is missing, or an address is taken.</exception>
    public static async Task<ServedShop> StartAsync(
        OrdersProcessOptions options, Action<OrdersProcessBuilder> modules, CancellationToken cancellationToken)
    {
        var database = await EmbeddedPostgres.StartAsync(options.Data, options.Clock, cancellationToken);
        try
        {
            return new(database, await OrdersProcess.StartAsync(
                options with { Connection = database.ConnectionString }, modules, cancellationToken));
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        await postgres.DisposeAsync();
    }
}
