using System.CommandLine;

namespace Orders.Hosting;

/// <summary>The options <c>--transport</c> and <c>--broker</c>.</summary>
public sealed class TransportOptions
{
    private readonly Option<string> transport = new("--transport")
    {
        Description = "What carries the messages: postgres, one database for all; or rabbitmq, a broker between any number of them.",
        DefaultValueFactory = _ => "postgres",
    };

    private readonly Option<string?> broker = new("--broker")
    {
        Description = "The RabbitMQ to use: amqp://user:password@host:port/vhost. Environment: Orders__Broker.",
    };

    public TransportOptions() => transport.AcceptOnlyFromAmong("postgres", "rabbitmq");

    /// <param name="command">Gets the options.</param>
    /// <param name="needsBroker">A process that is no whole system has no use for a broker of its own: it has to be told of one.</param>
    public void AddTo(Command command, bool needsBroker = false)
    {
        command.Options.Add(transport);
        command.Options.Add(broker);
        command.Validators.Add(result =>
        {
            var (carrier, address) = (result.GetValue(transport), Given(result.GetValue(broker)));
            if (carrier == "postgres" && result.GetValue(broker) is not null)
            {
                result.AddError("--broker is for --transport rabbitmq. Give that as well, or leave --broker out.");
            }
            else if (carrier == "rabbitmq" && needsBroker && address is null)
            {
                result.AddError("A module by itself shares its broker with the others. Give --broker amqp://user:password@host:port/vhost.");
            }
        });
    }

    public (MessageTransport Transport, string? Broker) Read(ParseResult parsed) => parsed.GetValue(transport) == "rabbitmq"
        ? (MessageTransport.RabbitMq, Given(parsed.GetValue(broker)))
        : (MessageTransport.Postgres, null);

    private static string? Given(string? option) => option ?? Environment.GetEnvironmentVariable("Orders__Broker");
}
