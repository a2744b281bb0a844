using Orders.Tests.Unit.Architecture;

namespace Orders.Tests.Unit.BusAnalyzers;

/// <summary>The order saga and what decides for it, as they lie in the working tree, are in scope.</summary>
public sealed class OrderProcessTests
{
    // Generated code is added to it by a generator that does not run here; the compiled one stands in for it.
    private const string Generated = "OrderSagaJson.cs";

    private static readonly string Folder = Path.Combine(ProjectReferences.Root(), "src", "Orders.Api", "OrderProcess");

    [Fact]
    public async Task It_keeps_the_rules() => Assert.Empty(await Edited("OrderSaga.cs", "", ""));

    [Theory]
    [InlineData("OrderSaga.cs", "clock.GetUtcNow()", "TimeProvider.System.GetUtcNow()", "TimeProvider.System")]
    [InlineData("Say.cs", "new ReleaseStock(now.OrderId))", "new ReleaseStock(Guid.NewGuid()))", "Guid.NewGuid()")]
    [InlineData("OrderSagaData.cs", "public OrderProgress Progress", "internal OrderProgress Progress", "Progress")]
    [InlineData("Transitions/Ends.cs", "internal static class Ends\n{", "internal static class Ends\n{\n    private static int count;", "count")]
    public async Task One_line_against_the_rules_is_found(string file, string was, string becomes, string text)
    {
        var found = Assert.Single(await Edited(file, was, becomes));

        Assert.Equal((file, text), (found.File, found.Text));
    }

    private static Task<IReadOnlyList<Finding>> Edited(string edited, string was, string becomes)
    {
        var files = Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Name: Path.GetRelativePath(Folder, path).Replace('\\', '/'), Text: File.ReadAllText(path)))
            .Where(file => file.Name != Generated)
            .ToArray();
        Assert.Contains(was, Assert.Single(files, file => file.Name == edited).Text, StringComparison.Ordinal);
        return Analysed.FilesAsync([.. files.Select(file => file.Name == edited ? (file.Name, After(file.Text)) : file)]);

        string After(string text) => was.Length == 0 ? text : text.Replace(was, becomes, StringComparison.Ordinal);
    }
}
