namespace Orders.Bus.Testing.Exploration;

/// <summary>A schedule that breaks a promise.</summary>
/// <param name="Schedule">The choices to play, in order; where it stops, the undisturbed course goes on.</param>
/// <param name="Broken">The promise.</param>
public sealed record Counterexample(IReadOnlyList<string> Schedule, string Broken)
{
    public override string ToString() =>
        $"{Broken}, after:{Environment.NewLine}{string.Join(Environment.NewLine, Schedule.Select((choice, n) => $"{n + 1,4}. {choice}"))}";
}
