using System.Globalization;

namespace Orders.Tests.Faults.Running;

/// <summary>What one run, or all of them, went through.</summary>
/// <param name="Messages">Stored messages: rows of bus.message.</param>
/// <param name="Orders">Accepted orders.</param>
/// <param name="Kills">Processes ended by SIGKILL, servers included.</param>
/// <param name="Faults">Other faults: connections cut, processes stopped, deliveries duplicated.</param>
/// <param name="Violations">Promises broken.</param>
internal sealed record Counts(long Messages = 0, long Orders = 0, long Kills = 0, long Faults = 0, long Violations = 0)
{
    public static Counts operator +(Counts one, Counts other) => new(
        one.Messages + other.Messages, one.Orders + other.Orders, one.Kills + other.Kills, one.Faults + other.Faults, one.Violations + other.Violations);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"messages {Messages:N0}, orders {Orders:N0}, kills {Kills:N0}, faults {Faults:N0}, violations {Violations:N0}");
}

/// <summary>Adds up the runs of the assembly, and prints the sum at its end.</summary>
public sealed class Tally : IDisposable
{
    private Counts sum = new();

    internal void Add(Counts counts) => sum += counts;

    /// <summary>To the output of the runner, where people look.</summary>
    internal static void Print(string line) => Console.Out.WriteLine("   " + line);

    public void Dispose() => Print($"All fault runs: {sum}");
}
