using Orders.Hosting;

namespace Orders.Api.ConfirmPurchase;

/// <summary>What is wrong, by JSON pointer.</summary>
internal sealed class PurchaseFaults
{
    private readonly Dictionary<string, List<string>> messages = new(StringComparer.Ordinal);

    public void Add(string pointer, string message)
    {
        if (!messages.TryGetValue(pointer, out var list))
        {
            messages[pointer] = list = [];
        }

        list.Add(message);
    }

    public void Text(string pointer, string text, int max)
    {
        if (string.IsNullOrWhiteSpace(text) || Length(text) > max || text.Any(char.IsControl))
        {
            Add(pointer, $"must be 1 to {max} characters, none of them a control character.");
        }
    }

    public void OptionalText(string pointer, string? text, int max)
    {
        if (text is not null)
        {
            Text(pointer, text, max);
        }
    }

    public void FreeText(string pointer, string text, int max)
    {
        if (Length(text) > max || text.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')))
        {
            Add(pointer, $"must be at most {max} characters, none of them a control character other than a line break or a tab.");
        }
    }

    public void Throw()
    {
        if (messages.Count > 0)
        {
            throw new ProblemException(
                400,
                "invalid-request",
                $"The order has {messages.Count} fault(s); see errors.",
                messages.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal));
        }
    }

    private static int Length(string text) => text.Length <= 20 ? text.Length : text.EnumerateRunes().Count();
}
