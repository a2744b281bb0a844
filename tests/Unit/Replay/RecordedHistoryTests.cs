using System.Runtime.CompilerServices;
using Orders.Bus.Testing.Replay;
using Orders.Contracts;
using Orders.Host.History;

namespace Orders.Tests.Unit.Replay;

/// <summary>What orders really did, in <c>tests/Histories</c>: today's code does the same. docs/replay.md says how to add one.</summary>
public sealed class RecordedHistoryTests
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../Histories"));

    public static TheoryData<string> Files => [.. HistoryFile.Find(Folder).Select(path => Path.GetRelativePath(Folder, path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void It_replays(string file) => Assert.All(HistoryFile.Read(Path.Combine(Folder, file)), history =>
    {
        var divergence = OrderReplay.Create().Run(history);
        Assert.True(divergence is null, divergence?.ToString());
    });

    [Fact]
    public void There_is_one_of_every_kind_of_end()
    {
        var ends = HistoryFile.Find(Folder).SelectMany(HistoryFile.Read).SelectMany(history => history[^1].Sent)
            .Where(sent => sent.Type is "orders.order-completed" or "orders.order-rejected" or "orders.order-cancelled")
            .Select(sent => sent.Body.TryGetProperty("reason", out var reason) ? reason.GetString()! : sent.Type)
            .ToHashSet(StringComparer.Ordinal);

        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "orders.order-completed", RejectionReasons.OutOfStock, RejectionReasons.PaymentDeclined, RejectionReasons.PaymentUnresolved,
                RejectionReasons.CaptureFailed, CancellationReasons.DispatchFailed, "***",
            },
            ends);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
