namespace Orders.Tests.Faults.Network;

/// <summary>Looks into one connection and decides whether it ends in the middle of a commit. Not thread-safe across connections.</summary>
internal interface ICommitCutter
{
    /// <summary>Sees every piece, in its direction's order.</summary>
    CommitVerdict Look(ReadOnlyMemory<byte> piece, Flow flow);
}

/// <summary>Whether the connection ends here, and how many bytes of the piece get through before.</summary>
internal readonly record struct CommitVerdict(bool Cuts, int Through)
{
    public static CommitVerdict Pass => default;
}
