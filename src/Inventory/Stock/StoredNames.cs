namespace Orders.Inventory.Stock;

/// <summary>How states and kinds are written in the database. The words never change.</summary>
internal static class StoredNames
{
    public static string Stored(this HoldState state) => state switch
    {
        HoldState.Held => "held",
        HoldState.Short => "short",
        HoldState.Released => "released",
        HoldState.Committed => "committed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Give the new state its word here."),
    };

    public static string Stored(this EntryKind kind) => kind switch
    {
        EntryKind.Adjusted => "adjusted",
        EntryKind.Held => "held",
        EntryKind.Released => "released",
        EntryKind.Shipped => "shipped",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Give the new kind its word here."),
    };

    public static HoldState ReadHoldState(string stored) => stored switch
    {
        "held" => HoldState.Held,
        "short" => HoldState.Short,
        "released" => HoldState.Released,
        "committed" => HoldState.Committed,
        _ => throw new InvalidOperationException($"'{stored}' is not a state of a hold. A newer version wrote it: update this process."),
    };
}
