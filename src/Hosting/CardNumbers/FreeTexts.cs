using Orders.Hosting.CardNumbers;

namespace Orders.Hosting;

/// <summary>Keeps card numbers out of free text, without repeating them.</summary>
public static class FreeTexts
{
    /// <summary>What stands in place of a text that holds one and cannot be refused.</summary>
    public const string Removed = "[looked like a card number]";

    private static readonly string[] Message = ["looks like a card number."];

    /// <summary>For texts of those who cannot be told that theirs is refused, because they would send it for ever.</summary>
    /// <returns>The text as it is, or <see cref="Removed"/>.</returns>
    public static string? WithoutCardNumber(string? text) => CardNumber.IsIn(text) ? Removed : text;

    /// <param name="texts">Each text with the JSON pointer of the member that holds it.</param>
    /// <exception cref="ProblemException">422 <c>card-number-refused</c> with the pointers of those that hold one.</exception>
    public static void RefuseCardNumbers(params IEnumerable<(string Pointer, string? Text)> texts)
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
