namespace Orders.Tests.Unit.Orders.OrderProcess;

public sealed class OrderStatesDocumentTests
{
    private const string Rewrite = "ORDERS_WRITE_DOCS";

    [Fact]
    public void The_document_says_what_the_table_does()
    {
        var path = Path.Combine(Root(), "docs", "order-states.md");
        var expected = OrderStatesDocument.Render();
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
        }

        var actual = File.Exists(path) ? File.ReadAllText(path) : "";

        Assert.True(
            expected == actual,
            $"docs/order-states.md is not what the transition table says. Run this test once with {Rewrite}=1 to rewrite it, and commit it.");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orders.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException($"No Orders.sln above {AppContext.BaseDirectory}. Run the tests inside the repository.");
    }
}
