using System.Text.Json;
using System.Text.Json.Nodes;
using Orders.Bus.Composition;

namespace Orders.Bus.Engine;

/// <summary>Lifts bodies of older versions to the one that this process knows.</summary>
internal static class Upcasting
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="InvalidOperationException">A version that is older than the present one could not be read.</exception>
    public static void Check(MessageContract contract)
    {
        foreach (var version in Enumerable.Range(1, contract.Version - 1).Where(version => !contract.Upcasters.ContainsKey(version)))
        {
            throw new InvalidOperationException(
                $"'{contract.Name}' has version {contract.Version} and no upcaster from version {version}. Add .UpcastFrom({version}, …) to its contract.");
        }
    }

    /// <exception cref="UnreadableMessageException">It has not the older version's shape.</exception>
    public static JsonObject Lift(MessageContract contract, int version, string body)
    {
        try
        {
            return contract.Lift(version, JsonNode.Parse(body, documentOptions: Strict) as JsonObject ?? throw new JsonException("It is no object."));
        }
        catch (Exception e)
        {
            throw new UnreadableMessageException($"The body of '{contract.Name}' version {version} cannot be lifted to version {contract.Version}: {e.Message}", e);
        }
    }
}
