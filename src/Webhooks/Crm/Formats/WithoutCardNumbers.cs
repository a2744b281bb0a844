using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Orders.Hosting;

namespace Orders.Webhooks.Crm.Formats;

/// <summary>
/// The text of an event that is kept as it came: what looks like a card number is taken out as it is of fields, wherever else it
/// stands, too. A text without any stays to the letter.
/// </summary>
internal static class WithoutCardNumbers
{
    /// <summary>Numbers that order events may look like one, and are of no use without their digits.</summary>
    private static readonly string[] Orders = ["version", "commitTimestamp", "commitNumber", "sequenceNumber"];

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string InJson(string text)
    {
        var read = JsonNode.Parse(StorableJson.Of(text));
        var kept = Kept("", read);
        return JsonNode.DeepEquals(read, kept) ? text : kept!.ToJsonString(Readable);
    }

    public static string InXml(string text)
    {
        var (read, kept) = (XElement.Parse(text, LoadOptions.PreserveWhitespace), XElement.Parse(text, LoadOptions.PreserveWhitespace));
        kept.DescendantNodes().Where(node => node is XComment or XProcessingInstruction && FreeTexts.WithoutCardNumber(node.ToString()) == FreeTexts.Removed).Remove();
        foreach (var element in kept.DescendantsAndSelf())
        {
            var texts = element.Nodes().OfType<XText>().ToList();
            if (FieldRules.Kept(element.Name.LocalName, string.Concat(texts.Select(part => part.Value))) == FreeTexts.Removed)
            {
                texts.Remove();
                element.AddFirst(new XText(FreeTexts.Removed));
            }

            foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
            {
                attribute.Value = FieldRules.Kept(attribute.Name.LocalName, attribute.Value)!;
            }
        }

        return XNode.DeepEquals(read, kept) ? text : kept.ToString(SaveOptions.DisableFormatting);
    }

    private static JsonNode? Kept(string name, JsonNode? node)
    {
        switch (node?.GetValueKind())
        {
            case JsonValueKind.Object:
                var kept = new JsonObject();
                foreach (var (member, value) in node.AsObject())
                {
                    kept[FreeTexts.WithoutCardNumber(member)!] = Kept(member, value);
                }

                return kept;
            case JsonValueKind.Array:
                return new JsonArray([.. node.AsArray().Select(item => Kept(name, item))]);
            case JsonValueKind.String:
                return FieldRules.Kept(name, node.GetValue<string>());
            case JsonValueKind.Number when !Orders.Contains(name, StringComparer.Ordinal) && FieldRules.Kept(name, node.ToJsonString()) == FreeTexts.Removed:
                return FreeTexts.Removed;
            default:
                return node?.DeepClone();
        }
    }
}
