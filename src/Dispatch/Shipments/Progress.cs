namespace Orders.Dispatch.Shipments;

/// <summary>What decisions read and change about a shipment.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="Carrier">The carrier that was asked last, or that has it.</param>
/// <param name="Round">Counts the hand-overs, from 1: each round has idempotency keys of its own.</param>
/// <param name="TrackingNumber">Given by the carrier that has it.</param>
/// <param name="StopRequested">A stop came while a carrier may have had it already.</param>
/// <param name="BookingUnknown">Nobody knows whether <paramref name="Carrier"/> has it: no other carrier may be asked until that is settled.</param>
internal sealed record Progress(
    ShipmentState State,
    string? Carrier = null,
    int Round = 0,
    string? TrackingNumber = null,
    bool StopRequested = false,
    bool BookingUnknown = false)
{
    public bool IsTerminal => State is ShipmentState.Dispatched or ShipmentState.Stopped;

    /// <summary>False for answers about a carrier or a round that is no longer the present one.</summary>
    public bool IsAsking(string carrier, int round) => !IsTerminal && Carrier == carrier && Round == round;
}
