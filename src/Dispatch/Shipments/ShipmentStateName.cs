using System.Diagnostics;

namespace Orders.Dispatch.Shipments;

/// <summary>The state as the database has it: lower case, as in the documents that people read.</summary>
internal static class ShipmentStateName
{
    public static string Of(ShipmentState state) => state switch
    {
        ShipmentState.Promised => "promised",
        ShipmentState.Packed => "packed",
        ShipmentState.Booking => "booking",
        ShipmentState.Dispatched => "dispatched",
        ShipmentState.Failed => "failed",
        ShipmentState.Stopped => "stopped",
        _ => throw new UnreachableException($"The shipment state {state} has no name. Give it one."),
    };

    public static ShipmentState Parse(string name) => name switch
    {
        "promised" => ShipmentState.Promised,
        "packed" => ShipmentState.Packed,
        "booking" => ShipmentState.Booking,
        "dispatched" => ShipmentState.Dispatched,
        "failed" => ShipmentState.Failed,
        "stopped" => ShipmentState.Stopped,
        _ => throw new InvalidOperationException($"The table dispatch.shipment holds the unknown state '{name}'. A newer version wrote it: run that."),
    };
}
