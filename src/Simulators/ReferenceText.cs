using Orders.Hosting;

namespace Orders.Simulators;

/// <summary>What may name a payment or a shipment: 1 to 255 characters, none of them a control character.</summary>
internal static class ReferenceText
{
    private const int MaxLength = 255;

    /// <exception cref="ProblemException">400 where it cannot be stored.</exception>
    public static string Checked(string reference) => reference is { Length: >= 1 and <= MaxLength } && !reference.Any(char.IsControl)
        ? reference
        : throw ProblemException.Invalid("/reference", $"must be 1 to {MaxLength} characters, none of them a control character.");
}
