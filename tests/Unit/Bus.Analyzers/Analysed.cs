using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Orders.Bus.Analyzers;

namespace Orders.Tests.Unit.BusAnalyzers;

/// <summary>One report of the analyzer: which rule, in which file, about what text.</summary>
internal sealed record Finding(string Id, string File, string Text, string Message);

/// <summary>Sources, compiled in memory against what this process runs with, and looked at by the analyzer.</summary>
internal static class Analysed
{
    /// <summary>The file that the source under test is in.</summary>
    public const string Source = "Source.cs";

    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Orders.Bus;
        """;

    /// <summary>A saga and its data, as they should be, for what the test is not about.</summary>
    private const string Shop =
        """
        namespace Shop.Process;
        public sealed class ShopData : ContainSagaData { public Guid OrderId { get; set; } }
        public sealed class ShopSaga : Saga<ShopData>
        {
            protected override void ConfigureHowToFindSaga(SagaPropertyMapper<ShopData> mapper) => mapper.MapSaga(saga => saga.OrderId);
        }
        """;

    private static readonly CSharpParseOptions Parsing = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);

    /// <summary>What this process runs with, and nothing else. The name lets sources see what is internal, as these tests do.</summary>
    public static CSharpCompilation Empty { get; } = CSharpCompilation.Create(
        "Orders.Tests.Unit",
        [CSharpSyntaxTree.ParseText(Usings, Parsing)],
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>What is found in the source, beside which the saga <c>Shop.Process.ShopSaga</c> exists, and maybe more.</summary>
    public static Task<IReadOnlyList<Finding>> WithShopAsync(string source, string more = "") =>
        FilesAsync(("Shop.cs", Shop), (Source, source), ("More.cs", more));

    /// <exception cref="InvalidOperationException">The sources do not compile: what is found in them would say nothing.</exception>
    public static async Task<IReadOnlyList<Finding>> FilesAsync(params (string Name, string Text)[] files)
    {
        var compilation = Empty.AddSyntaxTrees(files.Select(file => CSharpSyntaxTree.ParseText(file.Text, Parsing, file.Name)));
        var stop = TestContext.Current.CancellationToken;
        var errors = compilation.GetDiagnostics(stop).Where(said => said.Severity == DiagnosticSeverity.Error).Take(3).ToArray();
        if (errors.Length > 0)
        {
            throw new InvalidOperationException($"The sources do not compile: {string.Join("; ", errors.AsEnumerable())}");
        }

        var found = await compilation.WithAnalyzers([new SagaAnalyzer()]).GetAnalyzerDiagnosticsAsync(stop);
        return [.. found.OrderBy(each => each.Location.SourceSpan.Start).Select(Describe)];
    }

    private static Finding Describe(Diagnostic found)
    {
        var message = found.GetMessage(CultureInfo.InvariantCulture);
        var tree = found.Location.SourceTree ?? throw new InvalidOperationException($"The analyzer itself has failed: {message}");
        return new(found.Id, tree.FilePath, tree.GetText().ToString(found.Location.SourceSpan), message);
    }
}
