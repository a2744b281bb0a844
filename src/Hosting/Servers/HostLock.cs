namespace Orders.Hosting.Servers;

/// <summary>A folder's <c>host.lock</c>, held while a host lives.</summary>
internal static class HostLock
{
    // Another process has locked the file: EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020)];

    /// <summary>Makes the folder and takes its lock.</summary>
    /// <exception cref="StartupException">Another host holds the folder, or it cannot be made.</exception>
    public static FileStream Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new(Path.Combine(folder, "host.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException)
        {
            throw new StartupException($"The folder {folder} cannot be written. Give another with --data.");
        }
        catch (IOException e) when (Taken.Contains(e.HResult))
        {
            throw new StartupException($"The folder {folder} is in use by another host. Stop that one, or give this one a folder of its own with --data.");
        }
        catch (IOException e)
        {
            throw new StartupException($"The folder {folder} cannot be used: {e.Message} Give another with --data.");
        }
    }
}
