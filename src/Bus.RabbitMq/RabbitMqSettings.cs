using System.Globalization;
using Microsoft.Extensions.Configuration;
using Orders.Bus.Engine;

namespace Orders.Bus.RabbitMq;

/// <summary>How the bridge uses its broker: <c>Orders:RabbitMq:…</c>.</summary>
public sealed record RabbitMqSettings
{
    /// <summary><c>amqp://user:password@host:port/vhost</c>, or <c>amqps://</c>.</summary>
    public required Uri Broker { get; init; }

    /// <summary>What the names of exchange and queues begin with. Systems that share a virtual host need different ones.</summary>
    public string Prefix { get; init; } = "orders";

    /// <summary>Messages an endpoint may hold unacknowledged, and stores in one transaction at most: 1 to 65,535.</summary>
    public ushort Prefetch { get; init; } = 500;

    /// <summary>Deliveries that end without an acknowledgement before the broker gives a message up. Part of the queue's declaration.</summary>
    public int DeliveryLimit { get; init; } = 20;

    /// <summary>How long a command for an endpoint without a queue is tried again before it goes to the error queue.</summary>
    public TimeSpan UnroutableFor { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long the inbox knows what it has received. Has to exceed all retries of a message together.</summary>
    public TimeSpan InboxRetention { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Up to what age operators retry by hand.</summary>
    public TimeSpan ManualRetryAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The longest wait between two attempts to connect.</summary>
    public TimeSpan ReconnectWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The broker without its password, for messages to people.</summary>
    internal string Address => $"{Broker.Scheme}://{Broker.Host}:{(Broker.Port < 0 ? 5672 : Broker.Port)}{Broker.AbsolutePath.TrimEnd('/')}";

    /// <exception cref="TransportException">A setting makes no sense.</exception>
    public static RabbitMqSettings From(IConfiguration configuration, string broker)
    {
        var section = configuration.GetSection("Orders:RabbitMq");
        var defaults = new RabbitMqSettings { Broker = Parsed(broker) };
        return defaults with
        {
            Prefix = Name(section, nameof(Prefix), defaults.Prefix),
            Prefetch = (ushort)Number(section, nameof(Prefetch), defaults.Prefetch, ushort.MaxValue),
            DeliveryLimit = Number(section, nameof(DeliveryLimit), defaults.DeliveryLimit, 1_000_000),
            UnroutableFor = Time(section, nameof(UnroutableFor), defaults.UnroutableFor),
            InboxRetention = Time(section, nameof(InboxRetention), defaults.InboxRetention),
            ManualRetryAge = Time(section, nameof(ManualRetryAge), defaults.ManualRetryAge),
            ReconnectWithin = Time(section, nameof(ReconnectWithin), defaults.ReconnectWithin),
        };
    }

    private static Uri Parsed(string broker) =>
        Uri.TryCreate(broker, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps" && uri.Host.Length > 0
            ? uri
            : throw new TransportException("--broker is no AMQP address. Give amqp://user:password@host:port/vhost.");

    // A queue's name has 255 bytes at most, its endpoint's name and what is added to it among them; amq. is the broker's own.
    private static string Name(IConfigurationSection section, string key, string otherwise) => section[key] switch
    {
        null => otherwise,
        { Length: > 0 and <= 100 } text when text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            && !text.StartsWith("amq.", StringComparison.Ordinal) && text != "amq" => text,
        var text => throw new TransportException(
            $"The setting {section.Path}:{key} is '{text}'. Give 1 to 100 letters, digits, dots, hyphens and underscores that do not begin with amq."),
    };

    private static int Number(IConfigurationSection section, string key, int otherwise, int max) => section[key] switch
    {
        null => otherwise,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max => number,
        var text => throw new TransportException($"The setting {section.Path}:{key} is '{text}'. Give a number from 1 to {max}."),
    };

    private static TimeSpan Time(IConfigurationSection section, string key, TimeSpan otherwise) => section[key] switch
    {
        null => otherwise,
        var text when TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero => time,
        var text => throw new TransportException($"The setting {section.Path}:{key} is '{text}'. Give a time greater than zero such as 7.00:00:00."),
    };
}
