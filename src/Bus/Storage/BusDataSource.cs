using Npgsql;

namespace Orders.Bus.Storage;

/// <summary>Connections as the engine needs them, on top of what the caller's connection string says.</summary>
public static class BusDataSource
{
    public static NpgsqlDataSource Create(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            // Every statement of the hot path is one of some hundred texts: prepare it at its second use.
            MaxAutoPrepare = 400,
            AutoPrepareMinUsages = 2,
            // Nothing here leaves session state behind but the membership's connection, which is never given back alive.
            NoResetOnClose = true,
            Enlist = false,
        };
        if (!settings.ContainsKey("Maximum Pool Size"))
        {
            settings.MaxPoolSize = 50;
        }

        // A process that is stopped in the middle of a batch must not hold its lanes for ever.
        settings.Options = $"{settings.Options} -c idle_in_transaction_session_timeout=60s".Trim();
        return NpgsqlDataSource.Create(settings.ConnectionString);
    }
}
