using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Payments.Authorise;
using Orders.Payments.Capture;
using Orders.Payments.Close;
using Orders.Payments.GiftCards;
using Orders.Payments.Reconcile;

namespace Orders.Payments;

/// <summary>The JSON of what only this module reads, and of its HTTP.</summary>
[JsonSerializable(typeof(AuthoriseAtProvider))]
[JsonSerializable(typeof(AuthorisationAnswered))]
[JsonSerializable(typeof(CaptureAtProvider))]
[JsonSerializable(typeof(CaptureAnswered))]
[JsonSerializable(typeof(VoidAtProvider))]
[JsonSerializable(typeof(RefundAtProvider))]
[JsonSerializable(typeof(ClosingAnswered))]
[JsonSerializable(typeof(ProviderStandingFound))]
[JsonSerializable(typeof(IssueGiftCard))]
[JsonSerializable(typeof(GiftCardBody))]
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class PaymentsJson : JsonSerializerContext;
