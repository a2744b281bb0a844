using System.Globalization;

namespace Orders.Hosting.Postgres;

/// <summary>What a server's pid file tells.</summary>
internal static class Postmaster
{
    /// <summary>The port of the server that runs on the folder, as its pid file tells; null without one.</summary>
    public static int? PortOf(string database)
    {
        const int portLine = 3;
        var file = Path.Combine(database, "postmaster.pid");
        try
        {
            return File.ReadLines(file).ElementAtOrDefault(portLine) is { } text
                && int.TryParse(text, CultureInfo.InvariantCulture, out var port) ? port : null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
