using Orders.Hosting.Servers;

namespace Orders.Hosting.Postgres;

/// <summary>PostgreSQL refuses to run as root: root runs it as the user <c>postgres</c>, anybody else as themselves.</summary>
internal sealed class PostgresUser
{
    private const string Name = "postgres";

    public bool IsRoot { get; } = Environment.IsPrivilegedProcess;

    /// <summary>The command as that user. setpriv replaces itself by the command, so that its process id is the command's.</summary>
    public IReadOnlyList<string> Runs(params IEnumerable<string> command) =>
        IsRoot ? ["setpriv", $"--reuid={Name}", $"--regid={Name}", "--init-groups", "--", .. command] : [.. command];

    public Task OwnAsync(string path, CancellationToken cancellationToken) =>
        IsRoot ? Tool.RunAsync(["chown", $"{Name}:{Name}", path], cancellationToken) : Task.CompletedTask;

    public async Task<bool> CanReachAsync(string folder, CancellationToken cancellationToken) =>
        !IsRoot || (await Tool.TryAsync(Runs("test", "-x", folder), cancellationToken)).Code == 0;
}
