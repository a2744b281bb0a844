using System.Globalization;

namespace Orders.Hosting.Postgres;

/// <summary>Finds the server's programs: Debian keeps them out of PATH, in a folder a major version.</summary>
internal static class PostgresBinaries
{
    private const string Debian = "/usr/lib/postgresql";

    /// <exception cref="StartupException">PostgreSQL is not installed.</exception>
    public static string Find() => Candidates().FirstOrDefault(IsComplete)
        ?? throw new StartupException(
            "PostgreSQL is not installed. Install the server (Debian, Ubuntu: apt-get install postgresql; Fedora: dnf install "
            + "postgresql-server; macOS: brew install postgresql@17 and put its bin folder on PATH), or give --connection \"Host=…\".");

    private static IEnumerable<string> Candidates()
    {
        var versions = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        return versions
            .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var major) ? major : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool IsComplete(string folder) =>
        File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb"));
}
