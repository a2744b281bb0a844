using System.Collections.Concurrent;
using Orders.Simulators.Faults;

namespace Orders.Simulators.PaymentProvider;

/// <summary>The provider with the network's troubles: what the card's token asks for, and the faults that are switched on.</summary>
internal sealed class CardBehaviours(IPaymentProvider provider, FaultSwitch faults, TimeProvider clock) : IPaymentProvider
{
    private const int FlakyFailures = 2;
    private static readonly TimeSpan SlowAnswer = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, int> flakyCalls = new(StringComparer.Ordinal);

    public async Task<ProviderAnswer> ExecuteAsync(ProviderRequest request, CancellationToken cancellationToken)
    {
        await FailIfToldToAsync(cancellationToken);
        var card = request.CardToken ?? (await provider.FindAsync(request.Reference, cancellationToken))?.CardToken;
        return card switch
        {
            CardTokens.Slow => await SlowlyAsync(request, cancellationToken),
            CardTokens.Flaky => await FlakyAsync(request, cancellationToken),
            CardTokens.LostReply => await OnceLostAsync(request, cancellationToken),
            CardTokens.Unresolved => await NeverAsync(cancellationToken),
            _ => await provider.ExecuteAsync(request, cancellationToken),
        };
    }

    public async Task<ProviderPayment?> FindAsync(string reference, CancellationToken cancellationToken)
    {
        await FailIfToldToAsync(cancellationToken);
        return await provider.FindAsync(reference, cancellationToken);
    }

    /// <summary>The ledger is how the simulator is inspected: no fault touches it.</summary>
    public Task<IReadOnlyList<LedgerEntry>> LedgerAsync(long after, int limit, CancellationToken cancellationToken) =>
        provider.LedgerAsync(after, limit, cancellationToken);

    private async Task<ProviderAnswer> SlowlyAsync(ProviderRequest request, CancellationToken cancellationToken)
    {
        await Task.Delay(SlowAnswer, clock, cancellationToken);
        return await provider.ExecuteAsync(request, cancellationToken);
    }

    private async Task<ProviderAnswer> FlakyAsync(ProviderRequest request, CancellationToken cancellationToken)
    {
        if (flakyCalls.AddOrUpdate(request.IdempotencyKey, 1, (_, calls) => calls + 1) <= FlakyFailures)
        {
            throw new ProviderUnavailableException("The card's issuer does not answer. Ask again with the same key.");
        }

        return await provider.ExecuteAsync(request, cancellationToken);
    }

    private async Task<ProviderAnswer> OnceLostAsync(ProviderRequest request, CancellationToken cancellationToken)
    {
        var answer = await provider.ExecuteAsync(request, cancellationToken);
        return answer.Replayed || answer.Code is ProviderCodes.Unknown or ProviderCodes.KeyReused
            ? answer
            : throw new ReplyLostException("The operation was done and its answer is lost. Ask again with the same key.");
    }

    /// <summary>Holds the call until the client goes, at most a minute; nothing happens.</summary>
    private async Task<ProviderAnswer> NeverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(LongestSilence, clock, cancellationToken);
        throw new ReplyLostException("The card's issuer never answers.");
    }

    private async Task FailIfToldToAsync(CancellationToken cancellationToken)
    {
        if (await faults.FailsAsync(cancellationToken))
        {
            throw new ProviderUnavailableException("The provider is unavailable. Ask again with the same key.");
        }
    }
}
