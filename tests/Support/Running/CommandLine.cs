using System.Diagnostics;

namespace Orders.Tests.Support.Running;

/// <summary>One call of the host's command line, from its start to its end.</summary>
/// <param name="Out">What it printed to the standard output.</param>
/// <param name="Error">What it printed to the error stream.</param>
internal sealed record CommandLine(int Code, string Out, string Error)
{
    public static Task<CommandLine> RunAsync(CancellationToken cancellationToken, params IReadOnlyList<string> arguments) =>
        RunAsync(new Dictionary<string, string>(StringComparer.Ordinal), cancellationToken, arguments);

    public static async Task<CommandLine> RunAsync(
        IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Orders.Host.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started. Is it on PATH?");
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new(process.ExitCode, await output, await error);
    }
}
