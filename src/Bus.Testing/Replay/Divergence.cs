using Orders.Bus.History;

namespace Orders.Bus.Testing.Replay;

/// <summary>The first step at which today's code does something else than what was recorded.</summary>
/// <param name="Step">The step as recorded.</param>
/// <param name="Differences">What differs, both sides.</param>
public sealed record Divergence(HistoryStep Step, IReadOnlyList<Difference> Differences)
{
    public override string ToString() => string.Join(
        Environment.NewLine,
        Differences.Select(difference => "  " + difference)
            .Prepend($"{Step.Saga} {Step.SagaId}, step {Step.Step} ({Step.Message.Type}{(Step.Timeout ? ", a timeout" : "")}) at {Step.At:O}:"));
}
