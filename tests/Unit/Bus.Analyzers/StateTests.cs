namespace Orders.Tests.Unit.BusAnalyzers;

/// <summary>A saga holds nothing from one message to the next but its data.</summary>
public sealed class StateTests
{
    [Theory]
    [InlineData("private int [|count|]; public int Next() => ++count;")]
    [InlineData("public int [|Count|] { get; set; }")]
    [InlineData("private readonly List<int> [|seen|] = []; public void See(int one) => seen.Add(one);")]
    [InlineData("public HashSet<int> [|Seen|] { get; } = [];")]
    public async Task A_field_or_property_of_a_saga_that_can_change_is_an_error(string members)
    {
        var (code, text) = Marked.Parse(members);

        Assert.Equal([("ORD0002", text)], await In("saga", code));
        Assert.Empty(await In("helper", code));
    }

    [Theory]
    [InlineData("public static int [|count|];")]
    [InlineData("public static int [|Count|] { get; set; }")]
    [InlineData("public static readonly List<int> [|Seen|] = [];")]
    [InlineData("public static Dictionary<int, int> [|Seen|] { get; } = [];")]
    [InlineData("public static readonly IList<int> [|Seen|] = [];")]
    [InlineData("public static readonly System.Collections.Concurrent.ConcurrentQueue<int> [|Seen|] = [];")]
    [InlineData("public static readonly System.Text.StringBuilder [|Log|] = new();")]
    [InlineData("public static readonly Counter [|Own|] = new(); public sealed class Counter { public int Value { get; set; } }")]
    [InlineData("public static readonly Seen [|Own|] = new(); public sealed class Seen { private readonly List<int> all = []; public int Count => all.Count; }")]
    public async Task What_is_static_beside_a_saga_and_can_change_is_an_error(string members)
    {
        var (code, text) = Marked.Parse(members);

        Assert.Equal([("ORD0002", text)], await In("saga", code));
        Assert.Equal([("ORD0002", text)], await In("helper", code));
        Assert.Empty(await In("stranger", code));
    }

    [Theory]
    [InlineData("public int Next() => [|count|]++;")]
    [InlineData("public void Set() => [|Shop.Elsewhere.Tally.Count|] = 1;")]
    [InlineData("public void Add() => [|Shop.Elsewhere.Tally.Count|] += 1;")]
    [InlineData("public void Set() => [|Shop.Elsewhere.Tally.Name|] ??= \"\";")]
    [InlineData("public void Set() => ([|Shop.Elsewhere.Tally.Count|], _) = (1, 2);")]
    [InlineData("public void Set() => Interlocked.Increment(ref [|Shop.Elsewhere.Tally.Count|]);")]
    [InlineData("private static readonly int[] Table = [1]; public void Set() => [|Table[0]|] = 2;")]
    public async Task To_write_what_outlives_the_message_is_an_error(string members)
    {
        var (code, text) = Marked.Parse(members);

        Assert.Equal([("ORD0002", text)], await In("saga", code));
        Assert.Empty(await In("stranger", code));
    }

    [Theory]
    [InlineData("public int Next() => count + clock.GetUtcNow().Day;")]
    [InlineData("private readonly int first = count; public int First => first;")]
    [InlineData("public int Computed => Data.OrderId == default ? 0 : 1;")]
    [InlineData("private const int Most = 3; public int Mostly() => Most;")]
    [InlineData("public static readonly string Name = \"\"; public static IReadOnlyList<int> All { get; } = [1];")]
    [InlineData("public static readonly IEnumerable<int> All = [1]; public static readonly int[] Table = [1];")]
    [InlineData("public static readonly System.Collections.Frozen.FrozenSet<int> Set = System.Collections.Frozen.FrozenSet.ToFrozenSet<int>([1]);")]
    [InlineData("public static readonly Rule First = new(1); public sealed record Rule(int From) { public int To { get; init; } }")]
    [InlineData("static TheSaga() { Table = new int[1]; Table[0] = 1; } private static readonly int[] Table; public int Look() => Table[0];")]
    [InlineData("public TheSaga(int first) : this(first, null!) { first = 1; }")]
    [InlineData("public int Sum() { var sum = 0; foreach (var each in new[] { 1 }) { sum += each; } return sum; }")]
    public async Task What_cannot_change_is_welcome(string members) => Assert.Empty(await In("saga", members));

    [Fact]
    public async Task What_helps_a_saga_may_gather_while_it_decides() =>
        Assert.Empty(await Analysed.WithShopAsync("namespace Shop.Process; internal sealed class Sum(int start) { public int Add(int one) => start += one; }"));

    [Fact]
    public async Task The_message_says_what_to_do()
    {
        var found = await Analysed.WithShopAsync("namespace Shop.Process; internal static class Tally { public static int Count; }");

        Assert.Equal(
            "'Count' can change from message to message, which is neither stored nor replayed: make it constant or read-only",
            Assert.Single(found).Message);
    }

    private static async Task<IEnumerable<(string, string)>> In(string place, string members)
    {
        var type = place switch
        {
            "saga" => $$"""
                namespace Shop.Process;
                public sealed class TheSaga(int count, TimeProvider clock) : Saga<ShopData>
                {
                    public int Both => count + clock.GetUtcNow().Day;
                    {{members}}
                    protected override void ConfigureHowToFindSaga(SagaPropertyMapper<ShopData> mapper) => mapper.MapSaga(saga => saga.OrderId);
                }
                """,
            "helper" => $"namespace Shop.Process; public sealed class Helper {{ {members} }}",
            _ => $"namespace Shop.Elsewhere; public sealed class Stranger(int count) {{ public int Look => count; {members} }}",
        };
        var found = await Analysed.WithShopAsync(
            type, "namespace Shop.Elsewhere; public static class Tally { public static int Count; public static string? Name; }");
        return found.Select(each => (each.Id, each.Text));
    }
}
