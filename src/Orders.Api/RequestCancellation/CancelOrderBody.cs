using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Hosting;

namespace Orders.Api.RequestCancellation;

/// <summary>Why, in the shopper's words.</summary>
internal sealed record CancelOrderBody([property: StringLength(CancelReason.MaxLength, MinimumLength = 1)] string? Reason = null);

[JsonSerializable(typeof(CancelOrderBody))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class CancelOrderJson : JsonSerializerContext;

/// <summary>What a reason may be: it is stored, and everybody who sees the order reads it.</summary>
internal static class CancelReason
{
    public const int MaxLength = 500;

    public static void Check(string? reason)
    {
        if (reason is null)
        {
            return;
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.EnumerateRunes().Count() > MaxLength || reason.Any(char.IsControl))
        {
            throw ProblemException.Invalid("/reason", $"must be 1 to {MaxLength} characters, none of them a control character.");
        }

        FreeTexts.RefuseCardNumbers(("/reason", reason));
    }
}
