namespace Orders.Tests.Faults.Network;

/// <summary>Which way the bytes go.</summary>
internal enum Flow
{
    ToServer,
    ToClient,
}

/// <summary>What happens to them.</summary>
internal enum FaultKind
{
    /// <summary>A part of what comes is forwarded, then both ends are closed in order.</summary>
    Cut,

    /// <summary>A part of what comes is forwarded, then both ends are reset.</summary>
    Reset,

    /// <summary>Everything is late.</summary>
    Delay,

    /// <summary>Everything arrives in pieces of a few bytes.</summary>
    Slice,

    /// <summary>Nothing arrives any more, the news that the other end has gone included.</summary>
    BlackHole,
}

/// <summary>What a proxy does to one direction of its connections while it is set.</summary>
internal sealed record Fault(FaultKind Kind, Flow Flow);
