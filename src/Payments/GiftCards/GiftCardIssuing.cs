using Microsoft.EntityFrameworkCore;
using Orders.Hosting;
using Orders.Payments.Storage;

namespace Orders.Payments.GiftCards;

/// <summary>Issues cards, once a key, inside the caller's transaction.</summary>
internal sealed class GiftCardIssuing(PaymentsDb db, BatchOfPayments batch, TimeProvider clock)
{
    public const int MaxCodeLength = 64;

    /// <exception cref="ProblemException">400 for an amount or a code that cannot be.</exception>
    public static void Check(IssueGiftCard request)
    {
        if (request.Amount.Minor is <= 0 or > 1_000_000_000_000)
        {
            throw ProblemException.Invalid("/amount", "must be above zero and at most 10^12 minor units.");
        }

        if (request.Code is { } code && (code.Length is 0 or > MaxCodeLength || !code.All(IsCodeCharacter)))
        {
            throw ProblemException.Invalid("/code", $"is 1 to {MaxCodeLength} letters, digits and dashes.");
        }

        FreeTexts.RefuseCardNumbers(("/code", request.Code));
    }

    /// <exception cref="ProblemException">422 when the key was used for something else, or the card has another currency.</exception>
    public async Task<GiftCardBody> IssueAsync(string key, IssueGiftCard request, CancellationToken cancellationToken)
    {
        var asked = $"{request.Code}|{request.Amount}";
        if (await FindAsync(key, cancellationToken) is { } before)
        {
            return before.Request == asked
                ? GiftCardBody.Of((await batch.CardAsync(before.Code, cancellationToken))!)
                : throw new ProblemException(422, "idempotency-key-reused", "The key was used for another gift card. Give each request its own.");
        }

        var code = request.Code ?? $"gift-{Guid.CreateVersion7(clock.GetUtcNow()):N}";
        var card = await OpenAsync(key, asked, code, request.Amount.Currency, cancellationToken);
        card.Apply(GiftCardMovementKind.Issued, request.Amount.Minor);
        db.GiftCardEntries.Add(new()
        {
            Code = code, Kind = GiftCardMovementKind.Issued, AmountMinor = request.Amount.Minor, At = clock.GetUtcNow(),
        });
        return GiftCardBody.Of(card);
    }

    // Requests with the same key wait for each other here.
    private async Task<EarlierIssue?> FindAsync(string key, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('gift-card:' || {key}, 0))", cancellationToken);
        var issued = await db.Database
            .SqlQuery<EarlierIssue>($"""select request as "Request", code as "Code" from payments.gift_card_issue where idempotency_key = {key}""")
            .ToListAsync(cancellationToken);
        return issued.SingleOrDefault();
    }

    private async Task<GiftCard> OpenAsync(string key, string asked, string code, string currency, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync(
            $"insert into payments.gift_card (code, currency, balance_minor, held_minor) values ({code}, {currency}, 0, 0) on conflict do nothing",
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"insert into payments.gift_card_issue (idempotency_key, request, code) values ({key}, {asked}, {code})", cancellationToken);
        var card = (await batch.CardAsync(code, cancellationToken))!;
        return card.Currency == currency
            ? card
            : throw new ProblemException(422, "mixed-currency", $"The gift card holds {card.Currency}. Give an amount in that currency.");
    }

    internal sealed record EarlierIssue(string Request, string Code);

    private static bool IsCodeCharacter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '-';
}
