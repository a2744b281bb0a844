using System.Globalization;

namespace Orders.Hosting.Postgres;

/// <summary>
/// Databases that live outside their data folder, because that is closed to the server's user: each in a folder of its own with
/// a note, <c>owner</c>, of the data folder that links to it. When that link is gone the data folder was deleted, or moved:
/// the database is kept for a week, and said so, and then deleted. A host that starts on the moved folder claims it again.
/// </summary>
internal sealed class ReachableFolders(TimeProvider clock, string home = ReachableFolders.Home)
{
    private const string Home = "/var/lib/orders";

    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    /// <summary>Makes a place for the database of a data folder.</summary>
    public string Make(string root)
    {
        var database = Path.Combine(home, Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"), "pg");
        Directory.CreateDirectory(database);
        Claim(root, database);
        return database;
    }

    /// <summary>Notes that this data folder links to the database.</summary>
    public static void Claim(string root, string database)
    {
        var folder = Path.GetDirectoryName(database)!;
        File.WriteAllText(Path.Combine(folder, "owner"), root);
        File.Delete(Path.Combine(folder, "abandoned"));
    }

    public void Sweep(TextWriter said)
    {
        if (!Directory.Exists(home))
        {
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(home).Where(IsAbandoned))
        {
            var end = AbandonedSince(folder) + Grace;
            if (end <= clock.GetUtcNow())
            {
                Directory.Delete(folder, recursive: true);
                said.WriteLine($"Deleted {folder}: the database of a data folder that has been gone for a week.");
            }
            else
            {
                said.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{OwnerOf(folder)} was deleted or moved; its database is still in {folder} and is deleted after {end:yyyy-MM-dd}. To keep it, start a host on the moved folder; to be rid of it now: rm -r {folder}"));
            }
        }
    }

    private static string OwnerOf(string folder) => File.ReadAllText(Path.Combine(folder, "owner"));

    private static bool IsAbandoned(string folder)
    {
        var database = Path.Combine(folder, "pg");
        return File.Exists(Path.Combine(folder, "owner")) && Postmaster.PortOf(database) is null
            && new DirectoryInfo(Path.Combine(OwnerOf(folder), "pg")).LinkTarget != database;
    }

    private DateTimeOffset AbandonedSince(string folder)
    {
        var note = Path.Combine(folder, "abandoned");
        if (!File.Exists(note))
        {
            File.WriteAllText(note, clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
        }

        return DateTimeOffset.Parse(File.ReadAllText(note), CultureInfo.InvariantCulture);
    }
}
