namespace Orders.Dispatch.Shipments;

/// <summary>Where a shipment stands. Stored by name.</summary>
internal enum ShipmentState
{
    /// <summary>The order is known and its delivery promised.</summary>
    Promised,

    /// <summary>Packed, in the warehouse.</summary>
    Packed,

    /// <summary>A carrier is being asked, or what it did is being found out.</summary>
    Booking,

    /// <summary>A carrier has it. An end.</summary>
    Dispatched,

    /// <summary>No carrier took it. Handing it over again starts over; stopping it ends it.</summary>
    Failed,

    /// <summary>It stays in the warehouse for good. An end, and also what a stop leaves behind that came before anything else.</summary>
    Stopped,
}
