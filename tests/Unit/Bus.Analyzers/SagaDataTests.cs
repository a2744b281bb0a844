namespace Orders.Tests.Unit.BusAnalyzers;

/// <summary>What a saga's data holds can be stored and read back.</summary>
public sealed class SagaDataTests
{
    [Theory]
    [InlineData("public int [|Paid|] { get; private set; }")]
    [InlineData("public int [|Paid|] { get; }")]
    [InlineData("public int [|Paid|] { get; init; }")]
    [InlineData("internal int [|Paid|] { get; set; }")]
    [InlineData("public int [|Paid|] { private get; set; }")]
    [InlineData("public int [|paid|];")]
    [InlineData("private int [|paid|]; public int Paid() => paid++;")]
    public async Task What_would_not_be_stored_is_an_error(string members)
    {
        var (code, text) = Marked.Parse(members);

        var found = Assert.Single(await Analysed.WithShopAsync(With("Saga<Data>", code)));
        var outside = await Analysed.WithShopAsync(With("List<Data>", code));

        Assert.Equal(("ORD0004", text), (found.Id, found.Text));
        Assert.Empty(outside);
    }

    [Theory]
    [InlineData("public int Paid { get; set; }")]
    [InlineData("public bool IsPaid => OrderId != default;")]
    [InlineData("public const int Most = 3;")]
    public async Task What_is_stored_or_computed_is_welcome(string members) =>
        Assert.Empty(await Analysed.WithShopAsync(With("Saga<Data>", members)));

    private static string With(string root, string members) =>
        $$"""
        namespace Shop.Other;
        public sealed class Data : ContainSagaData { public Guid OrderId { get; set; } {{members}} }
        public abstract class Holder : {{root}};
        """;
}
