namespace Orders.Hosting;

/// <summary>What carries messages between the endpoints.</summary>
public enum MessageTransport
{
    /// <summary>One PostgreSQL for all of them.</summary>
    Postgres,

    /// <summary>A broker, with any number of databases.</summary>
    RabbitMq,
}
