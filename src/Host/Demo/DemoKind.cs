namespace Orders.Host.Demo;

/// <summary>A kind of order that the demo places, and every end that is right for it.</summary>
/// <param name="Share">How many of a hundred orders are of this kind.</param>
/// <param name="Ends">As <c>status</c> or <c>status (reason)</c>.</param>
internal sealed record DemoKind(
    string Name,
    int Share,
    string CardToken,
    IReadOnlyList<string> Ends,
    bool Prime = false,
    bool IsCancelled = false,
    bool IsShort = false,
    string PostalCode = "12345")
{
    private const string Completed = "completed";

    public static IReadOnlyList<DemoKind> All { get; } =
    [
        new("good", 38, "tok_ok", [Completed]),
        new("prime", 18, "tok_ok", [Completed], Prime: true),
        new("declined card", 8, "tok_declined", ["rejected (payment-declined)"]),
        new("out of stock", 6, "tok_ok", ["rejected (out-of-stock)"], IsShort: true),
        new("slow provider", 6, "tok_slow", [Completed]),
        new("lost reply", 6, "tok_lost_reply", [Completed]),
        new("flaky provider", 5, "tok_flaky", [Completed]),
        new("no answer ever", 3, "tok_unresolved", ["rejected (payment-unresolved)"]),
        new("capture refused", 3, "tok_capture_fails", ["rejected (capture-failed)"]),
        // The shopper may be too late: what was dispatched stays so.
        new("cancelled", 5, "tok_ok", [Completed, "cancelled (changed my mind)"], IsCancelled: true),
        new("no carrier", 2, "tok_ok", ["cancelled (dispatch-failed)"], PostalCode: "00000"),
    ];

    /// <summary>The kind of the order with this number: the same for the same number, and every kind early on.</summary>
    public static DemoKind Of(int number)
    {
        // 37 and 100 have no common divisor: a hundred numbers in a row meet every share exactly.
        var point = number * 37 % 100;
        foreach (var kind in All)
        {
            if (point < kind.Share)
            {
                return kind;
            }

            point -= kind.Share;
        }

        throw new InvalidOperationException("The shares of the demo's kinds have to add up to 100.");
    }
}
