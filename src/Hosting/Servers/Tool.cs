using System.Diagnostics;

namespace Orders.Hosting.Servers;

/// <summary>Runs a program to its end.</summary>
internal static class Tool
{
    /// <returns>The exit code and what it wrote to both streams.</returns>
    public static async Task<(int Code, string Output)> TryAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        using var process = Launching.Start(start);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, (await output + await errors).Trim());
    }

    /// <exception cref="StartupException">It failed; the message holds what it wrote.</exception>
    public static async Task RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var (code, output) = await TryAsync(command, cancellationToken);
        if (code != 0)
        {
            throw new StartupException($"'{string.Join(' ', command)}' failed with exit code {code}: {output}");
        }
    }
}
