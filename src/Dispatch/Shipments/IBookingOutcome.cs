namespace Orders.Dispatch.Shipments;

/// <summary>What became of asking a carrier: each answers one question, about one carrier in one round.</summary>
internal interface IBookingOutcome
{
    Guid OrderId { get; }

    string Carrier { get; }

    int Round { get; }
}
