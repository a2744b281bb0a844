namespace Orders.Dispatch.Carriers;

/// <summary>What a carrier answers. The status is booked, collected, refused or cancelled.</summary>
internal sealed record CarrierBooking(string Status, string? TrackingNumber = null, string? Reason = null)
{
    /// <summary>The tracking number if the carrier has the shipment, else null.</summary>
    public string? Taken => Status is "booked" or "collected"
        ? TrackingNumber ?? throw new InvalidOperationException($"The carrier answered '{Status}' without a tracking number. Ask it again, or ask it why.")
        : null;
}
