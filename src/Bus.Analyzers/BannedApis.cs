namespace Orders.Bus.Analyzers;

/// <summary>What does not answer the same in a replay as it did in production, as data, each with what to do instead.</summary>
internal static class BannedApis
{
    private const string Clock = "take the time from the TimeProvider that the saga is given";
    private const string Wait = "request a timeout";
    private const string OneThread = "decide on the thread that handles the message, and await the context's calls alone";
    private const string Chance = "decide by what the message and the data hold";
    private const string Ids = "take the id from the message, or derive it from the data";
    private const string Hash = "compare by value, or keep a number of your own: hashes differ from process to process";
    private const string Settings = "give the saga its settings by constructor";
    private const string Culture = "name CultureInfo.InvariantCulture";
    private const string Outside = "send a message to a handler or an activity, which may do it, and decide on its answer";

    /// <summary>Banned with all that is below them.</summary>
    public static IReadOnlyDictionary<string, string> Namespaces { get; } = new Dictionary<string, string>
    {
        ["System.IO"] = Outside,
        ["System.Net"] = Outside,
        ["System.Data"] = Outside,
        ["Npgsql"] = Outside,
        ["Microsoft.EntityFrameworkCore"] = Outside,
        ["Microsoft.Data"] = Outside,
        ["System.Timers"] = Wait,
    };

    /// <summary>Banned with all their members, wherever a member is not named in <see cref="Members"/>.</summary>
    public static IReadOnlyDictionary<string, string> Types { get; } = new Dictionary<string, string>
    {
        ["System.Diagnostics.Stopwatch"] = Clock,
        ["System.Threading.Timer"] = Wait,
        ["System.Threading.PeriodicTimer"] = Wait,
        ["System.Threading.CancellationTokenSource"] = Wait,
        ["System.Threading.Thread"] = OneThread,
        ["System.Threading.ThreadPool"] = OneThread,
        ["System.Threading.Tasks.Parallel"] = OneThread,
        ["System.Threading.Tasks.TaskFactory"] = OneThread,
        ["System.Linq.ParallelEnumerable"] = OneThread,
        ["System.Random"] = Chance,
        ["System.Security.Cryptography.RandomNumberGenerator"] = Chance,
        ["System.HashCode"] = Hash,
        ["System.Environment"] = Settings,
        ["System.AppContext"] = Settings,
        ["System.AppDomain"] = Settings,
        ["System.Console"] = Outside,
        ["System.Diagnostics.Process"] = Outside,
    };

    /// <summary>Banned members of types that are welcome otherwise.</summary>
    public static IReadOnlyDictionary<string, string> Members { get; } = new Dictionary<string, string>
    {
        ["System.DateTime.Now"] = Clock,
        ["System.DateTime.UtcNow"] = Clock,
        ["System.DateTime.Today"] = Clock,
        ["System.DateTime.ToLocalTime"] = Clock,
        ["System.DateTimeOffset.Now"] = Clock,
        ["System.DateTimeOffset.UtcNow"] = Clock,
        ["System.DateTimeOffset.LocalDateTime"] = Clock,
        ["System.DateTimeOffset.ToLocalTime"] = Clock,
        ["System.TimeProvider.System"] = Clock,
        ["System.TimeProvider.GetLocalNow"] = Clock,
        ["System.TimeProvider.LocalTimeZone"] = Clock,
        ["System.TimeProvider.CreateTimer"] = Wait,
        ["System.TimeZoneInfo.Local"] = Clock,
        ["System.Environment.TickCount"] = Clock,
        ["System.Environment.TickCount64"] = Clock,
        ["System.Threading.Thread.Sleep"] = Wait,
        ["System.Threading.Tasks.Task.Delay"] = Wait,
        ["System.Threading.Tasks.Task.Run"] = OneThread,
        ["System.Threading.Tasks.Task.Yield"] = OneThread,
        ["System.Threading.Tasks.Task.WhenAny"] = OneThread,
        ["System.Guid.NewGuid"] = Ids,
        ["System.Guid.CreateVersion7"] = Ids,
        ["System.Object.GetHashCode"] = Hash,
        ["System.String.GetHashCode"] = Hash,
        ["System.StringComparer.GetHashCode"] = Hash,
        ["System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode"] = Hash,
        ["System.Globalization.CultureInfo.CurrentCulture"] = Culture,
        ["System.Globalization.CultureInfo.CurrentUICulture"] = Culture,
    };
}
