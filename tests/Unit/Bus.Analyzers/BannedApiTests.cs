using Orders.Bus.Analyzers;

namespace Orders.Tests.Unit.BusAnalyzers;

public sealed class BannedApiTests
{
    [Theory]
    [InlineData("_ = [|DateTime.Now|];")]
    [InlineData("_ = [|DateTime.UtcNow|].AddDays(1);")]
    [InlineData("_ = [|DateTime.Today|];")]
    [InlineData("_ = [|at.ToLocalTime()|];")]
    [InlineData("_ = [|at.LocalDateTime|];")]
    [InlineData("_ = [|DateTimeOffset.Now|];")]
    [InlineData("_ = [|DateTimeOffset.UtcNow|];")]
    [InlineData("_ = [|TimeProvider.System|].GetUtcNow();")]
    [InlineData("_ = [|clock.GetLocalNow()|];")]
    [InlineData("_ = [|clock.LocalTimeZone|];")]
    [InlineData("_ = [|clock.CreateTimer(_ => { }, null, TimeSpan.Zero, TimeSpan.Zero)|];")]
    [InlineData("_ = [|TimeZoneInfo.Local|];")]
    [InlineData("_ = [|System.Diagnostics.Stopwatch.StartNew()|];")]
    [InlineData("_ = [|new System.Diagnostics.Stopwatch()|];")]
    [InlineData("_ = [|Environment.TickCount|];")]
    [InlineData("_ = [|Environment.TickCount64|];")]
    public Task Clocks(string statement) => IsFoundInSagasAlone(statement, "TimeProvider");

    [Theory]
    [InlineData("await [|Task.Delay(1)|];")]
    [InlineData("[|Thread.Sleep(1)|];")]
    [InlineData("_ = [|new Timer(_ => { })|];")]
    [InlineData("_ = [|new PeriodicTimer(TimeSpan.FromDays(1))|];")]
    [InlineData("_ = [|new System.Timers.Timer()|];")]
    [InlineData("_ = [|new CancellationTokenSource(1)|].Token;")]
    public Task Waiting(string statement) => IsFoundInSagasAlone(statement, "request a timeout");

    [Theory]
    [InlineData("await [|Task.Run(() => { })|];")]
    [InlineData("await [|Task.Yield()|];")]
    [InlineData("await [|Task.WhenAny(Task.CompletedTask, Task.CompletedTask)|];")]
    [InlineData("await [|Task.Factory.StartNew(() => { })|];")]
    [InlineData("_ = [|Thread.CurrentThread|];")]
    [InlineData("[|new Thread(() => { })|].Start();")]
    [InlineData("[|ThreadPool.QueueUserWorkItem(_ => { })|];")]
    [InlineData("[|Parallel.For(0, 9, _ => { })|];")]
    [InlineData("_ = [|new[] { 1 }.AsParallel()|].Sum();")]
    public Task Threads(string statement) => IsFoundInSagasAlone(statement, "thread");

    [Theory]
    [InlineData("_ = [|Random.Shared|].Next();")]
    [InlineData("_ = [|new Random(7)|].Next();")]
    [InlineData("_ = [|System.Security.Cryptography.RandomNumberGenerator.GetInt32(9)|];")]
    public Task Chance(string statement) => IsFoundInSagasAlone(statement, "decide by what the message and the data hold");

    [Theory]
    [InlineData("_ = [|Guid.NewGuid()|];")]
    [InlineData("_ = [|Guid.CreateVersion7()|];")]
    [InlineData("_ = [|Guid.CreateVersion7(at)|];")]
    [InlineData("Func<Guid> make = [|Guid.NewGuid|];")]
    [InlineData("_ = new[] { 1 }.Select(_ => [|Guid.NewGuid()|]);")]
    public Task Ids(string statement) => IsFoundInSagasAlone(statement, "take the id from the message");

    [Theory]
    [InlineData("_ = [|HashCode.Combine(1, 2)|];")]
    [InlineData("_ = [|\"sku\".GetHashCode()|];")]
    [InlineData("_ = [|new object().GetHashCode()|];")]
    [InlineData("_ = [|StringComparer.Ordinal.GetHashCode(\"sku\")|];")]
    [InlineData("_ = [|System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(clock)|];")]
    public Task Hashes(string statement) => IsFoundInSagasAlone(statement, "hashes differ from process to process");

    [Theory]
    [InlineData("_ = [|Environment.GetEnvironmentVariable(\"HOME\")|];")]
    [InlineData("_ = [|Environment.MachineName|];")]
    [InlineData("_ = [|AppContext.BaseDirectory|];")]
    [InlineData("_ = [|AppDomain.CurrentDomain|].FriendlyName;")]
    public Task Surroundings(string statement) => IsFoundInSagasAlone(statement, "settings by constructor");

    [Theory]
    [InlineData("_ = [|System.Globalization.CultureInfo.CurrentCulture|].Name;")]
    [InlineData("_ = [|System.Globalization.CultureInfo.CurrentUICulture|];")]
    public Task Cultures(string statement) => IsFoundInSagasAlone(statement, "InvariantCulture");

    [Theory]
    [InlineData("_ = [|System.IO.File.ReadAllText(\"prices\")|];")]
    [InlineData("_ = [|System.IO.Stream.Null|];")]
    [InlineData("_ = [|new System.IO.Compression.GZipStream(null!, default(System.IO.Compression.CompressionMode))|];")]
    [InlineData("_ = await [|http.GetStringAsync(\"/prices\")|];")]
    [InlineData("_ = [|System.Net.Dns.GetHostName()|];")]
    [InlineData("[|connection.Open()|];")]
    [InlineData("_ = [|new Npgsql.NpgsqlConnection()|];")]
    [InlineData("_ = await [|Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.CountAsync(new[] { 1 }.AsQueryable())|];")]
    [InlineData("[|Console.WriteLine()|];")]
    [InlineData("_ = [|System.Diagnostics.Process.Start(\"sh\")|];")]
    public Task The_world_outside(string statement) => IsFoundInSagasAlone(statement, "an activity");

    [Theory]
    [InlineData("_ = clock.GetUtcNow();")]
    [InlineData("_ = nameof(DateTime.UtcNow);")]
    [InlineData("_ = new Guid(\"9d2cbb5e-6a3b-4f6e-9c3a-6a4f5f2b7a10\");")]
    [InlineData("_ = (int)System.Net.HttpStatusCode.OK;")]
    [InlineData("throw new System.IO.InvalidDataException(\"The order has no lines.\");")]
    [InlineData("await Task.WhenAll(Task.CompletedTask);")]
    public async Task What_answers_the_same_again_is_welcome(string statement) =>
        Assert.Empty(await Analysed.WithShopAsync(In("Shop.Process", statement)));

    [Fact]
    public void Every_name_on_the_list_exists()
    {
        Assert.All(BannedApis.Types.Keys, name => Assert.NotNull(Analysed.Empty.GetTypeByMetadataName(name)));
        Assert.All(BannedApis.Members.Keys, name =>
        {
            var (type, member) = (name[..name.LastIndexOf('.')], name[(name.LastIndexOf('.') + 1)..]);
            Assert.NotEmpty(Analysed.Empty.GetTypeByMetadataName(type)?.GetMembers(member) ?? []);
        });
    }

    private static async Task IsFoundInSagasAlone(string statement, string instead)
    {
        var (code, text) = Marked.Parse(statement);

        var found = Assert.Single(await Analysed.WithShopAsync(In("Shop.Process", code), In("Shop.Elsewhere", code)));

        Assert.Equal(("ORD0001", Analysed.Source, text), (found.Id, found.File, found.Text));
        Assert.Contains(instead, found.Message, StringComparison.Ordinal);
    }

    private static string In(string space, string statement) =>
        $$"""
        namespace {{space}};
        internal static class Deciding
        {
            public static async Task Decide(
                TimeProvider clock, DateTimeOffset at, System.Net.Http.HttpClient http, System.Data.IDbConnection connection)
            {
                {{statement}}
            }
        }
        """;
}
