using System.Globalization;

namespace Orders.Host.Bench;

/// <summary>CPU time that a process and its children have used, from Linux's <c>/proc</c> (proc(5)).</summary>
internal static class ProcessTimes
{
    // USER_HZ is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>User and system time of the process, of its living children, and of those that have ended.</summary>
    public static TimeSpan OfTree(int processId)
    {
        var children = new List<(int Id, int Parent)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Fields(id) is { } fields)
            {
                children.Add((id, int.Parse(fields[1], CultureInfo.InvariantCulture)));
            }
        }

        var byParent = children.ToLookup(child => child.Parent, child => child.Id);
        return Sum(processId);

        TimeSpan Sum(int id) => byParent[id].Aggregate(Of(id), (sum, child) => sum + Sum(child));
    }

    public static TimeSpan Of(int processId) => Fields(processId) is { } fields
        ? TimeSpan.FromSeconds(fields[11..15].Sum(field => double.Parse(field, CultureInfo.InvariantCulture)) / TicksPerSecond)
        : TimeSpan.Zero;

    /// <summary>The fields after the command's name, which may itself hold spaces: [0] state, [1] parent, [11..15] times.</summary>
    private static string[]? Fields(int processId)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{processId}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It has ended meanwhile: its parent's record counts it.
            return null;
        }
    }
}
