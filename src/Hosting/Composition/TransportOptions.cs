using System.CommandLine;
using System.CommandLine.Parsing;

namespace Orders.Hosting;

/// <summary>The options <c>--transport</c> and <c>--broker</c>.</summary>
public sealed class TransportOptions
{
    private const string Postgres = "postgres";
    private const string RabbitMq = "rabbitmq";

    private readonly Option<string> transport = new("--transport")
    {
        Description = "What carries the messages: postgres, one database for all; or rabbitmq, a broker between any number of them.",
        DefaultValueFactory = _ => Postgres,
    };

    private readonly Option<string?> broker = new("--broker")
    {
        Description = "The RabbitMQ to use: amqp://user:password@host:port/vhost. Environment: Orders__Broker.",
    };

    public TransportOptions() => transport.Validators.Add(result =>
    {
        if (CarrierOf(result) is not (Postgres or RabbitMq) and var other)
        {
            result.AddError($"There is no transport '{other}'. Give --transport postgres or rabbitmq.");
        }
    });

    /// <param name="command">Gets the options.</param>
    /// <param name="needsBroker">A process that is no whole system has no use for a broker of its own: it has to be told of one.</param>
    public void AddTo(Command command, bool needsBroker = false)
    {
        command.Options.Add(transport);
        command.Options.Add(broker);
        command.Validators.Add(result =>
        {
            var carrier = CarrierOf(result.GetResult(transport));
            if (carrier == Postgres && result.GetResult(broker) is not null)
            {
                result.AddError("--broker is for --transport rabbitmq. Give that as well, or leave --broker out.");
            }
            else if (carrier == RabbitMq && needsBroker && result.GetResult(broker) is null && Given(null) is null)
            {
                result.AddError("A module by itself shares its broker with the others. Give --broker amqp://user:password@host:port/vhost.");
            }
        });
    }

    public (MessageTransport Transport, string? Broker) Read(ParseResult parsed) => parsed.GetValue(transport) == RabbitMq
        ? (MessageTransport.RabbitMq, Given(parsed.GetValue(broker)))
        : (MessageTransport.Postgres, null);

    // By what was written: where one option is wrong, or left out, its value may not be asked for yet.
    private static string CarrierOf(OptionResult? given) => given is { Tokens: [var written, ..] } ? written.Value : Postgres;

    private static string? Given(string? option) => option ?? Environment.GetEnvironmentVariable("Orders__Broker");
}
