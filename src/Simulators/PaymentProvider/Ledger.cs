namespace Orders.Simulators.PaymentProvider;

/// <summary>
/// The provider's memory: every operation in order and what the payments became by them. Not thread-safe: the provider
/// guards it. Pure of I/O.
/// </summary>
internal sealed class Ledger
{
    private readonly List<LedgerEntry> entries = [];
    private readonly Dictionary<string, LedgerEntry> byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProviderPayment> payments = new(StringComparer.Ordinal);

    public Ledger(IEnumerable<LedgerEntry> recorded)
    {
        foreach (var entry in recorded)
        {
            Record(entry);
        }
    }

    public ProviderPayment? Find(string reference) => payments.GetValueOrDefault(reference);

    public LedgerEntry? FindByKey(string idempotencyKey) => byKey.GetValueOrDefault(idempotencyKey);

    public IReadOnlyList<LedgerEntry> After(long sequence, int limit)
    {
        var from = (int)Math.Clamp(sequence, 0, entries.Count);
        return entries.GetRange(from, Math.Min(limit, entries.Count - from));
    }

    /// <summary>Records an operation that was not asked for before. Null: the payment is unknown and nothing was recorded.</summary>
    public LedgerEntry? Execute(ProviderRequest request, DateTimeOffset at)
    {
        var payment = Find(request.Reference);
        if (ProviderPayment.Decide(payment, request) is not { } decision)
        {
            return null;
        }

        var entry = new LedgerEntry(
            entries.Count + 1,
            at,
            request.Operation,
            request.Reference,
            request.IdempotencyKey,
            request.CardToken ?? payment!.CardToken,
            decision.Amount,
            decision.Outcome,
            decision.Code);
        Record(entry);
        return entry;
    }

    private void Record(LedgerEntry entry)
    {
        entries.Add(entry);
        byKey.Add(entry.IdempotencyKey, entry);
        if (ProviderPayment.After(Find(entry.Reference), entry) is { } payment)
        {
            payments[entry.Reference] = payment;
        }
    }
}
