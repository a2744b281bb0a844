using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Contracts;
using Orders.Hosting;

namespace Orders.Simulators.PaymentProvider;

internal sealed record AuthoriseBody(string Reference, string CardToken, Money Amount);

internal sealed record CaptureBody(Money Amount);

internal sealed record AnswerBody(string Reference, string Operation, string Outcome, string? Code, Money? Amount)
{
    public static AnswerBody Of(ProviderAnswer answer) => new(
        answer.Reference, LedgerWords.Of(answer.Operation), LedgerWords.Of(answer.Outcome), answer.Code, answer.Amount);
}

internal sealed record PaymentBody(string Reference, string Status, Money? Authorised, Money? Captured)
{
    public static PaymentBody Of(string reference, ProviderPayment? payment) =>
        new(reference, payment?.Status ?? ProviderCodes.Unknown, payment?.Authorised, payment?.Captured);
}

internal sealed record LedgerBody(IReadOnlyList<LedgerItem> Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

internal sealed record LedgerItem(
    DateTimeOffset At, string Operation, string Reference, string IdempotencyKey, Money Amount, string Outcome, string? Code)
{
    public static LedgerItem Of(LedgerEntry entry) => new(
        entry.At,
        LedgerWords.Of(entry.Operation),
        entry.Reference,
        entry.IdempotencyKey,
        entry.Amount,
        LedgerWords.Of(entry.Outcome),
        entry.Code);
}

/// <summary>The provider's JSON. What is read is held to the system's strictness by the reader.</summary>
[JsonSerializable(typeof(AuthoriseBody))]
[JsonSerializable(typeof(CaptureBody))]
[JsonSerializable(typeof(AnswerBody))]
[JsonSerializable(typeof(PaymentBody))]
[JsonSerializable(typeof(LedgerBody))]
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJsonConverter)])]
internal sealed partial class PaymentProviderJson : JsonSerializerContext;
