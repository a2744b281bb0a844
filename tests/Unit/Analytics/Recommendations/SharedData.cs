namespace Orders.Tests.Unit.Analytics.Recommendations;

/// <summary>Data that lies beside the repository, not in it.</summary>
internal static class SharedData
{
    public static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orders.sln")))
            {
                var file = Path.Combine(folder.FullName, "..", "shared", "data", name);
                return File.Exists(file) ? file : null;
            }
        }

        return null;
    }
}
