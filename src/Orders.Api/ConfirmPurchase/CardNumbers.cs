using Orders.Hosting;

namespace Orders.Api.ConfirmPurchase;

/// <summary>Refuses card numbers in free text, without repeating them.</summary>
internal static class CardNumbers
{
    private static readonly string[] Message = ["looks like a card number."];

    public static void Refuse(IEnumerable<(string Pointer, string? Text)> texts)
    {
        var found = texts.Where(text => CardNumber.IsIn(text.Text)).Select(text => text.Pointer).ToList();
        if (found.Count > 0)
        {
            throw new ProblemException(
                422,
                "card-number-refused",
                "Something here looks like a card number. It was not kept. Leave it out: cards are given as tokens.",
                found.ToDictionary(pointer => pointer, _ => Message, StringComparer.Ordinal));
        }
    }
}
