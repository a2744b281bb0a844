using Orders.Hosting.Postgres;

namespace Orders.Hosting;

/// <summary>What a process is told on its command line.</summary>
public sealed record OrdersProcessOptions
{
    /// <summary>Addresses to listen on, separated by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>The folder of the process's own PostgreSQL and RabbitMQ, used when no connection or no broker is given.</summary>
    public string Data { get; init; } = ".data";

    /// <summary>The PostgreSQL to use instead.</summary>
    public string? Connection { get; init; }

    public MessageTransport Transport { get; init; }

    /// <summary>The RabbitMQ to use; without one, that transport starts its own.</summary>
    public string? Broker { get; init; }

    /// <summary>Settings on top of the environment's: <c>Orders:PaymentDeadline</c> and so on.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal PostgresSettings Postgres { get; init; } = new();

    internal IReadOnlyList<string> UrlList => Urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal Uri FirstUrl => new(UrlList[0].Replace("*", "127.0.0.1", StringComparison.Ordinal).Replace("+", "127.0.0.1", StringComparison.Ordinal));
}
