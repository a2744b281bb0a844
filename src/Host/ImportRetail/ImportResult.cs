namespace Orders.Host.ImportRetail;

/// <summary>What became of a plan.</summary>
/// <param name="Placed">Orders that this run added.</param>
/// <param name="Replayed">Orders that an earlier run had placed.</param>
/// <param name="Refused">What the shop did not take, with its words.</param>
internal sealed record ImportResult(
    int Placed, int Replayed, IReadOnlyList<string> Refused, IReadOnlyDictionary<string, int> ByEnd, IReadOnlyList<string> TooLate, int Open)
{
    /// <summary>Everything clean was taken and has ended.</summary>
    public bool Holds => Refused.Count == 0 && Open == 0;
}
