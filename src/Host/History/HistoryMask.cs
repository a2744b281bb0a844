using System.Text.Json;
using System.Text.Json.Nodes;
using Orders.Contracts;

namespace Orders.Host.History;

/// <summary>Takes what names a person out of a history. The order process reads none of it, so that a masked history replays the same.</summary>
internal static class HistoryMask
{
    private const string Masked = "***";

    private static readonly HashSet<string> Personal = new(StringComparer.Ordinal)
    {
        "name", "line1", "line2", "city", "region", "postalCode", "instructions", "userId", "email", "phone", "cardToken", "giftCard",
    };

    /// <summary>Reasons that the pipeline gives itself; what else stands for one is a person's words.</summary>
    private static readonly HashSet<string> Given = new(StringComparer.Ordinal)
    {
        RejectionReasons.OutOfStock, RejectionReasons.PaymentDeclined, RejectionReasons.PaymentUnresolved, RejectionReasons.CaptureFailed,
        CancellationReasons.ByShopper, CancellationReasons.ByOperator, CancellationReasons.DispatchFailed,
    };

    /// <param name="lines">JSON Lines.</param>
    public static string Apply(string lines) => string.Concat(lines
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line =>
        {
            var step = JsonNode.Parse(line)!;
            Mask(step);
            return step.ToJsonString() + "\n";
        }));

    private static bool IsPersonal(string member, string value) => Personal.Contains(member) || (member == "reason" && !Given.Contains(value));

    private static void Mask(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array)
                {
                    Mask(item);
                }

                break;
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (value is JsonValue && value.GetValueKind() == JsonValueKind.String && IsPersonal(name, value.GetValue<string>()))
                    {
                        members[name] = Masked;
                    }
                    else
                    {
                        Mask(value);
                    }
                }

                break;
        }
    }
}
