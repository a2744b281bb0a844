namespace Orders.Host.Client;

/// <summary>A data folder under the system's temporary one, deleted with all that is in it when disposed.</summary>
internal sealed class ThrowAwayFolder : IDisposable
{
    public ThrowAwayFolder(string purpose, TimeProvider clock)
    {
        Location = Path.Combine(Path.GetTempPath(), $"orders-{purpose}-{Guid.CreateVersion7(clock.GetUtcNow()):N}");
        Directory.CreateDirectory(Location);
    }

    public string Location { get; }

    public void Dispose()
    {
        // The database's folder may be a link to where the server's user can reach.
        var database = new DirectoryInfo(Path.Combine(Location, "pg"));
        if (database.ResolveLinkTarget(returnFinalTarget: true) is DirectoryInfo { Parent: { } elsewhere })
        {
            elsewhere.Delete(recursive: true);
        }

        Directory.Delete(Location, recursive: true);
    }
}
