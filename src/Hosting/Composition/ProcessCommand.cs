using System.CommandLine;
using System.CommandLine.Invocation;
using Orders.Bus.Engine;

namespace Orders.Hosting;

/// <summary>The command line that every process takes: <c>--urls</c>, <c>--data</c>, <c>--connection</c>, <c>--transport</c>, <c>--broker</c>.</summary>
public sealed class ProcessCommand
{
    /// <summary>The exit code for an argument that cannot be meant; 1 is for what was asked rightly and failed.</summary>
    public const int CalledWrongly = 2;

    public Option<string> Urls { get; } = new("--urls")
    {
        Description = "Addresses to listen on, separated by semicolons.",
        DefaultValueFactory = _ => "http://127.0.0.1:8080",
    };

    public Option<string> Data { get; } = new("--data")
    {
        Description = "The folder of the process's own PostgreSQL and RabbitMQ.",
        DefaultValueFactory = _ => ".data",
    };

    public Option<string?> Connection { get; } = new("--connection")
    {
        Description = "The PostgreSQL to use instead: \"Host=…;Username=…;Database=…\". Environment: Orders__Connection.",
    };

    public TransportOptions Transport { get; } = new();

    /// <summary>A root command that runs one process until it is asked to stop.</summary>
    public static RootCommand Create(string description, Action<OrdersProcessBuilder> configure)
    {
        var options = new ProcessCommand();
        var command = new RootCommand(description);
        options.AddTo(command, needsBroker: true);
        command.SetAction((parsed, cancellationToken) => RunAsync(() => options.Read(parsed), configure, cancellationToken));
        return command;
    }

    /// <summary>Parses and runs a command; a signal gives it a minute to drain. 2 where it was called wrongly.</summary>
    public static async Task<int> InvokeAsync(RootCommand command, string[] args)
    {
        var parsed = command.Parse(args);
        if (parsed.Action is ParseErrorAction wrong)
        {
            // What is wrong, and no page of help beneath which it is overlooked.
            wrong.ShowHelp = false;
        }

        var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) });
        return parsed.Action is ParseErrorAction ? CalledWrongly : code;
    }

    /// <param name="command">Gets the options.</param>
    /// <param name="needsBroker">The process starts no broker of its own.</param>
    public void AddTo(Command command, bool needsBroker = false)
    {
        command.Options.Add(Urls);
        command.Options.Add(Data);
        command.Options.Add(Connection);
        Transport.AddTo(command, needsBroker);
    }

    public OrdersProcessOptions Read(ParseResult parsed)
    {
        var (transport, broker) = Transport.Read(parsed);
        return new()
        {
            Urls = parsed.GetRequiredValue(Urls),
            Data = parsed.GetRequiredValue(Data),
            Connection = parsed.GetValue(Connection) ?? Environment.GetEnvironmentVariable("Orders__Connection"),
            Clock = new DatabaseClock(ShiftedClock.FromEnvironment()),
            Transport = transport,
            Broker = broker,
        };
    }

    /// <summary>Runs until SIGTERM or SIGINT; prints <c>ready {url}</c> when it serves. 0 after a drain, 1 when it cannot start.</summary>
    public static async Task<int> RunAsync(
        Func<OrdersProcessOptions> options, Action<OrdersProcessBuilder> configure, CancellationToken cancellationToken)
    {
        try
        {
            await using var process = await OrdersProcess.StartAsync(options(), configure, cancellationToken);
            await Console.Out.WriteLineAsync($"ready {process.Url.ToString().TrimEnd('/')}");
            await process.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (StartupException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }
}
