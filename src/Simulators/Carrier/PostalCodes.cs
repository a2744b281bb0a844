namespace Orders.Simulators.Carrier;

/// <summary>Destinations that make the carriers misbehave, as card tokens do for the payment provider.</summary>
internal static class PostalCodes
{
    /// <summary>The carrier that the last three are about; the others treat them like any place.</summary>
    public const string Troubled = "swift";

    /// <summary>Every carrier refuses it.</summary>
    public const string RefusedByAll = "00000";

    /// <summary>The troubled carrier refuses it.</summary>
    public const string RefusedByFirst = "00001";

    /// <summary>The troubled carrier books it and cuts the connection, the first time.</summary>
    public const string LostReply = "00002";

    /// <summary>The troubled carrier books it, collects it at once, and cuts the connection every time; a look-up finds it.</summary>
    public const string CollectedInSilence = "00003";

    /// <summary>The troubled carrier cuts the connection every time and books nothing.</summary>
    public const string Silence = "00004";
}
