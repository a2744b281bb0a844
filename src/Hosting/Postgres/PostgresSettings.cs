namespace Orders.Hosting.Postgres;

/// <summary>How the private server is tuned: for a machine that it shares with the application. fsync stays on.</summary>
internal sealed record PostgresSettings
{
    public int SharedBuffersMiB { get; init; } = 512;

    /// <summary>How long a start may take, the recovery of what was not yet written included.</summary>
    public TimeSpan StartWithin { get; init; } = TimeSpan.FromMinutes(5);

    public int MaxConnections { get; init; } = 200;

    /// <param name="compression">For full-page images in the log: lz4 where the build has it.</param>
    public IEnumerable<string> Arguments(string compression)
    {
        string[] settings =
        [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            $"max_connections={MaxConnections}",
            $"shared_buffers={SharedBuffersMiB}MB",
            "synchronous_commit=on",
            "max_wal_size=4GB",
            "checkpoint_timeout=15min",
            $"wal_compression={compression}",
            "jit=off",
            "random_page_cost=1.1",
            // Queue tables are small and turn over thousands of rows a second: vacuum them often and without pausing.
            "autovacuum_naptime=5s",
            "autovacuum_vacuum_scale_factor=0.05",
            "autovacuum_vacuum_cost_limit=2000",
            "log_checkpoints=off",
            "log_autovacuum_min_duration=-1",
            "timezone=UTC",
            "log_timezone=UTC",
        ];
        return settings.SelectMany(setting => new[] { "-c", setting });
    }
}
