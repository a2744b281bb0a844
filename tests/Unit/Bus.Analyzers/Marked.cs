namespace Orders.Tests.Unit.BusAnalyzers;

/// <summary>Code with a mark around what must be reported: <c>_ = [|Guid.NewGuid()|];</c>.</summary>
internal sealed record Marked(string Code, string Text)
{
    public static Marked Parse(string marked)
    {
        var (from, to) = (marked.IndexOf("[|", StringComparison.Ordinal), marked.IndexOf("|]", StringComparison.Ordinal));
        var text = marked[(from + 2)..to];
        return new(marked[..from] + text + marked[(to + 2)..], text);
    }
}
