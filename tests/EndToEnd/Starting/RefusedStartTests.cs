using Orders.Tests.Support;
using Orders.Tests.Support.Running;

namespace Orders.Tests.EndToEnd.Starting;

/// <summary>Whatever it is told wrongly, it says in one line, and never with a stack.</summary>
public sealed class RefusedStartTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    // Nobody listens there: what is refused is refused before, or because of it.
    private static readonly string[] DeadDatabase = ["--connection", "Host=127.0.0.1;Port=1;Username=x;Database=x"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("There is no transport 'nonsense'", "--transport", "nonsense")]
    [InlineData("--broker is for --transport rabbitmq", "--broker", "amqp://x")]
    [InlineData("--broker is for --transport rabbitmq", "--transport", "postgres", "--broker", "amqp://x")]
    public async Task An_option_that_cannot_be_meant_ends_with_2(string said, params string[] options) =>
        AssertOneLine(await CommandLine.RunAsync(Token, [.. DeadDatabase, .. options]), 2, said);

    [Theory]
    [InlineData("Orders__ClockOffset", "soon", "Orders__ClockOffset is 'soon'")]
    [InlineData("Orders__PaymentDeadline", "-5", "Orders:PaymentDeadline is '-5'")]
    [InlineData("Orders__HoldDuration", "soon", "Orders:HoldDuration is 'soon'")]
    [InlineData("Orders__RateLimit__PerSecond", "0", "Orders:RateLimit:PerSecond is '0'")]
    [InlineData("Orders__RateLimit__Burst", "many", "Orders:RateLimit:Burst is 'many'")]
    [InlineData("Orders__FaultPoint", "nonsense", "Orders__FaultPoint is 'nonsense'")]
    [InlineData("Logging__LogLevel__Default", "Warning", "PostgreSQL cannot be reached")]
    public async Task A_setting_that_cannot_be_meant_and_a_database_that_is_away_end_with_1(string setting, string value, string said) =>
        AssertOneLine(await CommandLine.RunAsync(With(setting, value), Token, DeadDatabase), 1, said);

    [Theory]
    [InlineData("amq.orders")]
    [InlineData("with spaces")]
    [InlineData("long")]
    public async Task A_prefix_that_no_queue_can_have_ends_with_1(string prefix) => AssertOneLine(
        await CommandLine.RunAsync(
            With("Orders__RabbitMq__Prefix", prefix == "long" ? new string('x', 300) : prefix),
            Token,
            [.. DeadDatabase, "--transport", "rabbitmq", "--broker", "amqp://127.0.0.1:1"]),
        1,
        "Orders:RabbitMq:Prefix");

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_not_said_to_be_in_use()
    {
        var file = Path.GetTempFileName();
        try
        {
            AssertOneLine(await CommandLine.RunAsync(Token, "--data", file), 1, "cannot be used");
            AssertOneLine(await CommandLine.RunAsync(Token, "--data", "/proc/x"), 1, "cannot be used");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_transport_that_cannot_work_as_configured_ends_with_1_and_no_stack() => AssertOneLine(
        await CommandLine.RunAsync(
            With("Orders__RabbitMq__InboxRetention", "00:00:01"),
            Token,
            "--connection", await postgres.CreateDatabaseAsync(Token), "--transport", "rabbitmq", "--broker", "amqp://127.0.0.1:1"),
        1,
        "Orders:RabbitMq:InboxRetention is 00:00:01");

    [Fact]
    public async Task A_program_that_is_not_installed_ends_with_1_and_is_named()
    {
        var data = Directory.CreateTempSubdirectory("orders-refused-");
        try
        {
            var refused = await CommandLine.RunAsync(With("PATH", data.FullName), Token, "--data", data.FullName);

            // Databases whose folders are gone are swept up before, each with a line.
            Assert.Equal(1, refused.Code);
            Assert.Contains("cannot be run", refused.Error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", refused.Error, StringComparison.Ordinal);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static Dictionary<string, string> With(string setting, string value) => new(StringComparer.Ordinal) { [setting] = value };

    private static void AssertOneLine(CommandLine run, int code, string said)
    {
        Assert.Equal(code, run.Code);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', run.Error.TrimEnd());
        Assert.Empty(run.Out);
    }
}
