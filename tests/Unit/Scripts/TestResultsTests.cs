using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Orders.Tests.Unit.Scripts;

/// <summary>What <c>./test</c> makes of a test project's run.</summary>
public sealed class TestResultsTests
{
    [Theory]
    [InlineData("   Orders.Tests.Unit  Total: 12, Errors: 0, Failed: 0, Skipped: 1, Not Run: 2, Time: 1.0s", 0, "", "9 passed, 0 failed, 1 skipped")]
    [InlineData("   Orders.Tests.Unit  Total: 12, Errors: 1, Failed: 2, Skipped: 0, Not Run: 0, Time: 1.0s", 1, "", "10 passed, 3 failed, 0 skipped")]
    [InlineData("   Orders.Tests.Unit  Total: 12, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 1.0s", 134, "", "12 passed, 1 failed, 0 skipped")]
    [InlineData("   Orders.Tests.Unit  Total: 0", 0, "", "0 passed, 1 failed, 0 skipped")]
    [InlineData("   Orders.Tests.Unit  Total: 0", 0, "-parallel none", "0 passed, 1 failed, 0 skipped")]
    [InlineData("   Orders.Tests.Unit  Total: 0", 0, "-class Elsewhere", "0 passed, 0 failed, 0 skipped")]
    [InlineData("Segmentation fault", 139, "", "0 passed, 1 failed, 0 skipped")]
    public async Task A_run_counts_for_what_it_proves(string log, int code, string options, string counted)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, log, TestContext.Current.CancellationToken);

        Assert.Equal(counted, await BashAsync(
            $"say() {{ :; }}; source '{Root()}/scripts/results.sh'; count Unit '{file}' {code} {options}; echo \"$passed passed, $failed failed, $skipped skipped\""));
        File.Delete(file);
    }

    private static async Task<string> BashAsync(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        return said.Trim();
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
