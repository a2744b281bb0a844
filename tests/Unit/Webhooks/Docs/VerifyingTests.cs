using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Orders.Hosting;
using Orders.Tests.Unit.Architecture;

namespace Orders.Tests.Unit.Webhooks.Docs;

/// <summary>The C# that partners copy from docs/webhooks.md compiles, and tells right from wrong.</summary>
public sealed class VerifyingTests
{
    private const string Clock = "DateTimeOffset.UtcNow";

    private static readonly WebhookSecret Secret = WebhookSecret.Create();
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"type":"order.completed"}""");

    [Theory]
    [InlineData(0, false, true)]
    [InlineData(300, false, true)]
    [InlineData(301, false, false)]
    [InlineData(-300, false, true)]
    [InlineData(-301, false, false)]
    [InlineData(0, true, false)]
    public void The_sample_believes_what_is_signed_and_fresh_and_unchanged(int secondsOff, bool isChanged, bool believed)
    {
        var at = Now.AddSeconds(secondsOff);
        var signatures = "v1,AAAA " + WebhookSignature.Sign("msg_1", at, Body, [Secret]);
        byte[] body = isChanged ? [.. Body, (byte)' '] : Body;

        Assert.Equal(believed, Sample().Invoke(null, [Secret.Reveal(), "msg_1", WebhookSignature.Timestamp(at), signatures, body]));
    }

    private static MethodInfo Sample()
    {
        var text = File.ReadAllText(Path.Combine(ProjectReferences.Root(), "docs/webhooks.md"));
        var code = text.Split("```csharp\n")[1].Split("```")[0];
        Assert.Contains(Clock, code, StringComparison.Ordinal);
        code = code.Replace(Clock, $"DateTimeOffset.FromUnixTimeSeconds({Now.ToUnixTimeSeconds()})", StringComparison.Ordinal);
        var source = $"using System; using System.Linq; using System.Security.Cryptography; using System.Text;\npublic static class Sample\n{{\npublic {code}\n}}";
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        using var assembly = new MemoryStream();
        var emitted = CSharpCompilation.Create("Sample", [CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken)], references, new(OutputKind.DynamicallyLinkedLibrary))
            .Emit(assembly, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return Assembly.Load(assembly.ToArray()).GetType("Sample")!.GetMethod("Proves")!;
    }
}
