using Orders.Bus.Testing.Replay;

namespace Orders.Tests.Unit.Replay;

/// <summary>Edits of the working tree's own sources, compiled and replayed: those that break something are told, the others are not.</summary>
public sealed class BreakingEditTests
{
    public static TheoryData<string> AllOfThem => [.. BreakingEdits.All.Select(edit => edit.Name)];

    [Theory]
    [MemberData(nameof(AllOfThem))]
    public void It_is_reported_with_its_step(string name)
    {
        var edit = BreakingEdits.All.Single(one => one.Name == name);
        var replay = EditedReplay.Of(EditedSaga.Compile(edit.File, edit.Find, edit.Replacement));

        var found = Recorded.Histories.Select(replay).OfType<Divergence>().ToList();

        Assert.NotEmpty(found);
        var elsewhere = found.Find(divergence => !Names(edit, divergence));
        Assert.True(elsewhere is null, $"It names another step: {elsewhere}");
    }

    private static bool Names(Edit edit, Divergence divergence) =>
        (edit.Message.Length == 0 || edit.Message.Split(' ').Contains(divergence.Step.Message.Type, StringComparer.Ordinal))
        && divergence.Differences.Any(difference => difference.Path.StartsWith(edit.Path, StringComparison.Ordinal));
}

public sealed class HarmlessEditTests
{
    public static TheoryData<string> Names => ["none", .. HarmlessEdits.All.Select(edit => edit.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_raises_no_alarm(string name)
    {
        var edit = HarmlessEdits.All.SingleOrDefault(one => one.Name == name) ?? new("", "", "", "");
        var replay = EditedReplay.Of(EditedSaga.Compile(edit.File, edit.Find, edit.Replacement));

        Assert.Empty(Recorded.Histories.Select(replay).OfType<Divergence>());
    }
}
