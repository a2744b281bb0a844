using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Orders.Tests.Unit.Replay;

/// <summary>
/// The order process as it would be after an edit: its sources from the working tree, one text in one file replaced, compiled
/// in memory. So a test tries many edits without keeping a copy of the saga for each.
/// </summary>
internal static class EditedSaga
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../src/Orders.Api/OrderProcess"));
    private static readonly CSharpParseOptions Parsing = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
    private static readonly ImmutableDictionary<string, SyntaxTree> Sources = Read();
    private static readonly CSharpCompilation Unedited = CSharpCompilation.Create(
        "Orders.Edited",
        Sources.Values,
        References(),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    // The JSON of the unedited data fits all edits but those of what is serialised: it is generated once.
    private static readonly CSharpCompilation Generated = WithGenerated(Unedited);
    private static readonly string[] Serialised = ["OrderProgress.cs", "OrderSagaData.cs", "OrderState.cs", "OrderSagaJson.cs", "PaymentDeadline.cs", "DispatchDeadline.cs"];

    /// <param name="file">Below <c>src/Orders.Api/OrderProcess</c>; empty for no edit.</param>
    /// <param name="find">What stands in it, once.</param>
    /// <param name="replacement">What stands there instead.</param>
    /// <exception cref="InvalidOperationException">The file does not hold the text once, or does not compile with the replacement.</exception>
    public static Assembly Compile(string file, string find, string replacement)
    {
        var generated = file.Length == 0 ? Generated
            : Serialised.Contains(file) ? WithGenerated(Unedited.ReplaceSyntaxTree(Sources[file], Edited(file, find, replacement)))
            : Generated.ReplaceSyntaxTree(Sources[file], Edited(file, find, replacement));
        using var image = new MemoryStream();
        var emitted = generated.Emit(image);
        if (!emitted.Success)
        {
            throw new InvalidOperationException(
                $"{file} does not compile after the edit: {string.Join("; ", emitted.Diagnostics.Where(said => said.Severity == DiagnosticSeverity.Error).Take(3))}");
        }

        image.Position = 0;
        return new AssemblyLoadContext(file, isCollectible: true).LoadFromStream(image);
    }

    private static CSharpCompilation WithGenerated(CSharpCompilation compilation)
    {
        CSharpGeneratorDriver.Create(Generators()).WithUpdatedParseOptions(Parsing).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        return (CSharpCompilation)generated;
    }

    private static SyntaxTree Edited(string file, string find, string replacement)
    {
        var text = Sources[file].ToString();
        var at = text.IndexOf(find, StringComparison.Ordinal);
        return at >= 0 && text.IndexOf(find, at + 1, StringComparison.Ordinal) < 0
            ? Parse(text.Replace(find, replacement, StringComparison.Ordinal), file)
            : throw new InvalidOperationException($"{file} does not hold '{find}' exactly once any more. Write the edit anew.");
    }

    private static ImmutableDictionary<string, SyntaxTree> Read() => Directory.EnumerateFiles(Folder, "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
        .ToImmutableDictionary(file => file, file => Parse(File.ReadAllText(Path.Combine(Folder, file)), file), StringComparer.Ordinal)
        .Add("usings", Parse("global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading.Tasks; global using Orders.Bus;", "usings"));

    private static SyntaxTree Parse(string text, string file) => CSharpSyntaxTree.ParseText(SourceText.From(text), Parsing, file);

    // What this process runs with, but for the assembly that holds the saga itself.
    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path) != "Orders.Api.dll")
        .Select(path => MetadataReference.CreateFromFile(path));

    /// <summary>The source generator of System.Text.Json, of the SDK that builds this.</summary>
    private static ISourceGenerator[] Generators()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.GetFullPath(Path.Combine(runtime, "../../../packs/Microsoft.NETCore.App.Ref"));
        var path = Directory.EnumerateFiles(packs, "System.Text.Json.SourceGeneration.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last();
        return [.. new AnalyzerFileReference(path, new Loader()).GetGenerators(LanguageNames.CSharp)];
    }

    private static string Here([CallerFilePath] string path = "") => path;

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
            // It has none beside it.
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
